import type { BatchRequest, ClaimRequest } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import { placeholder, toCurl } from '../../../lib/curl.ts';

const post = (origin: string, path: string, body: unknown) =>
  toCurl({ method: 'POST', url: origin + path, body });

/** Each value as a shell variable of the same name. */
function withoutValues(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, placeholder(name)]));
}

export function claimCurl(origin: string, request: ClaimRequest): string {
  const spawn = request.spawn && { environmentVariables: withoutValues(request.spawn.environmentVariables) };
  return post(origin, paths.claims(), { ...request, ...(spawn === undefined ? {} : { spawn }) });
}

export function batchCurl(origin: string, request: BatchRequest): string {
  return post(origin, paths.claimBatches(), {
    ...request,
    environmentVariables: withoutValues(request.environmentVariables),
  });
}

export function spawnCurl(origin: string, id: string, variables: Record<string, string>): string {
  return post(origin, paths.claimSpawn(id), { environmentVariables: withoutValues(variables) });
}

export function adoptCurl(origin: string, containerId: string, instanceId: string): string {
  return post(origin, paths.claimsAdopt(), {
    containerId,
    instanceId,
    token: placeholder('INSTANCE_TOKEN'),
  });
}

export function actionCurl(origin: string, path: string, body: object = {}): string {
  return post(origin, path, body);
}
