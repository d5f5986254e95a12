import {
  adoptRequest,
  claim,
  claimDetail,
  claimRequest,
  claimSecrets,
  claimsQuery,
  claimsResponse,
  exportQuery,
  releaseMineRequest,
  releaseMineResponse,
  spawnRequest,
} from '@cyclorama/shared/claims.ts';
import { z } from 'zod';

import { downloadRoute } from '../../../http/download-route.ts';
import type { DownloadRoute } from '../../../http/download-route.ts';
import { route } from '../../../http/route.ts';
import type { Route } from '../../../http/route.ts';
import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { claimsFile } from './export.ts';
import type { ClaimsService } from './service.ts';

const params = z.object({ id: z.uuid('expected the id of a claim') });

export function claimRoutes(claims: ClaimsService): Route[] {
  return [...collectionRoutes(claims), ...actionRoutes(claims)];
}

export function claimDownloads(claims: ClaimsService, clock: Clock): DownloadRoute[] {
  return [
    downloadRoute({
      path: '/api/claims/export',
      summary: 'Downloads claims as CSV or JSON',
      role: 'viewer',
      contentTypes: ['text/csv', 'application/json'],
      query: exportQuery,
      open: ({ format, ...filter }) => claimsFile({ format }, claims.all(filter), isoOf(clock.now())),
    }),
  ];
}

function collectionRoutes(claims: ClaimsService): Route[] {
  const current = currentClaim(claims);
  return [
    route({
      method: 'get',
      path: '/api/claims',
      summary: 'Lists claims, newest first',
      role: 'viewer',
      query: claimsQuery,
      response: claimsResponse,
      handler: ({ query }) => claims.list(query),
    }),
    route({
      method: 'post',
      path: '/api/claims',
      summary: 'Claims an instance of a function',
      role: 'operator',
      body: claimRequest,
      response: claim,
      status: 201,
      onRepeat: current,
      handler: ({ body, person, requestKey }) => claims.request(body, person, requestKey),
    }),
    route({
      method: 'post',
      path: '/api/claims/adopt',
      summary: 'Takes over a running instance by its token',
      role: 'operator',
      body: adoptRequest,
      response: claim,
      status: 201,
      onRepeat: current,
      handler: ({ body, person, requestKey }) => claims.adopt(body, person, requestKey),
    }),
    route({
      method: 'post',
      path: '/api/claims/release-mine',
      summary: 'Releases all your running claims',
      role: 'operator',
      body: releaseMineRequest.prefault({}),
      response: releaseMineResponse,
      onRepeat: 'harmless',
      handler: ({ body, person }) => claims.releaseMine(body.containerId, person),
    }),
    route({
      method: 'get',
      path: '/api/claims/:id',
      summary: 'One claim with its history',
      role: 'viewer',
      params,
      response: claimDetail,
      handler: ({ params: { id } }) => claims.detail(id),
    }),
  ];
}

/** The claim that the first request made or moved, as it is now. */
function currentClaim(claims: ClaimsService) {
  return ({ outcome }: { outcome: string }) => claims.detail(outcome);
}

function actionRoutes(claims: ClaimsService): Route[] {
  const current = currentClaim(claims);
  return [
    route({
      method: 'post',
      path: '/api/claims/:id/spawn',
      summary: 'Spawns a claimed instance',
      role: 'operator',
      params,
      body: spawnRequest,
      response: claim,
      onRepeat: current,
      handler: ({ params: { id }, body, person, requestKey }) =>
        claims.spawn(id, body.environmentVariables, person, requestKey),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/release',
      summary: 'Releases an instance',
      role: 'operator',
      params,
      response: claim,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => claims.release(id, person),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/cancel',
      summary: 'Stops waiting for an instance',
      role: 'operator',
      params,
      response: claim,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => claims.cancel(id, person),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/retry',
      summary: 'Claims again as before',
      role: 'operator',
      params,
      response: claim,
      status: 201,
      onRepeat: current,
      handler: ({ params: { id }, person, requestKey }) => claims.retry(id, person, requestKey),
    }),
    route({
      method: 'post',
      path: '/api/claims/:id/reveal',
      summary: 'Shows a claim’s token and variables',
      role: 'operator',
      // A stolen access token must not reveal the secrets of running instances.
      sessionOnly: true,
      confirm: true,
      noStore: true,
      params,
      response: claimSecrets,
      onRepeat: 'harmless',
      handler: ({ params: { id }, person }) => claims.reveal(id, person),
    }),
  ];
}
