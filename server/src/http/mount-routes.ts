import { IDEMPOTENT_REPLAYED_HEADER } from '@cyclorama/shared/idempotency.ts';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';

import { guardsOf } from './access-words.ts';
import { clientAddress } from './client-address.ts';
import { downloadHandler } from './download-response.ts';
import type { DownloadRoute } from './download-route.ts';
import type { Feature } from './feature.ts';
import { jsonBody } from './json-body.ts';
import { sendJson } from './json-response.ts';
import { createPersonLimit } from './person-limit.ts';
import type { PersonLimit } from './person-limit.ts';
import type { Repeats } from './repeats.ts';
import { requestIdOf } from './request-id.ts';
import type { Route } from './route.ts';
import type { SessionGate } from './session-gate.ts';
import { refuseAccessToken, requireRole, sessionOf } from './session-gate.ts';
import { snapshotHandler } from './snapshot-response.ts';
import type { SnapshotRoute } from './snapshot-route.ts';
import { validate } from './validate.ts';

export function mountStorelessRouters(router: Router, features: readonly Feature[], gate: SessionGate): void {
  for (const { storelessRouters = [] } of features)
    for (const make of storelessRouters) router.use(make(gate));
}

/** Mounts what else the features add behind the gate, kind by kind: a fixed path comes before one with a parameter. */
export function mountFeatures(
  router: Router,
  features: readonly Feature[],
  { gate, repeats }: { gate: SessionGate; repeats: Repeats },
): void {
  for (const { routers = [] } of features) for (const make of routers) router.use(make(gate));
  for (const { snapshotRoutes = [] } of features) mountSnapshotRoutes(router, snapshotRoutes, gate);
  const limit = createPersonLimit({ what: 'downloads', perPerson: 4, perToken: 2, retryAfterSeconds: 10 });
  for (const { downloads = [] } of features) mountDownloadRoutes(router, downloads, { gate, limit });
  for (const { routes = [] } of features) mountRoutes(router, routes, { gate, repeats });
}

/**
 * In order: 401 without a session, 403 for a change without its CSRF token, 400 for bad input, 403 for too low a role or
 * where a confirmation is needed, then the handler. Only fields of the response schema leave.
 */
function mountRoutes(
  router: Router,
  routes: readonly Route[],
  { gate, repeats }: { gate: SessionGate; repeats: Repeats },
): void {
  for (const route of routes) {
    const { beforePasskey = false } = route;
    const before: RequestHandler[] = [beforePasskey ? gate.requireAnySession : gate.requireSession];
    if (route.sessionOnly === true) before.push(refuseAccessToken);
    if (route.method !== 'get') before.push(gate.requireCsrf, jsonBody);
    router[route.method](route.path, ...before, (request, response) =>
      answer({ route, gate, repeats }, request, response),
    );
  }
}

/** For routes without a body: an empty object is accepted too. */
const NO_BODY = z
  .strictObject({})
  .optional()
  .transform(() => undefined);

async function answer(
  { route, gate, repeats }: { route: Route; gate: SessionGate; repeats: Repeats },
  request: Request,
  response: Response,
): Promise<void> {
  const params = validate(route.params, 'path', request.params);
  const query = validate(route.query, 'query', request.query);
  const body = validate(route.body ?? NO_BODY, 'body', request.body);
  requireRole(request, route.role);
  if (route.confirm === true) gate.requireConfirmation(request);
  const { id: sessionId, way, name, role } = sessionOf(request);
  const { result, repeated } = await repeats.handle(request, route, {
    params: params as undefined,
    query: query as undefined,
    body: body as undefined,
    person: { name, role },
    sessionId,
    requestId: requestIdOf(request),
    way,
    host: request.get('host'),
    clientAddress: clientAddress(request),
  });
  if (repeated) response.set(IDEMPOTENT_REPLAYED_HEADER, 'true');
  if (route.noStore === true) {
    response
      .status(route.status ?? 200)
      .set('Cache-Control', 'no-store')
      .json(route.response.parse(result));
    return;
  }
  await sendJson(request, response, route.response.parse(result), route.status ?? 200);
}

function mountSnapshotRoutes(router: Router, routes: readonly SnapshotRoute[], gate: SessionGate): void {
  for (const route of routes) {
    router.get(route.path, ...guardsOf(route, gate), snapshotHandler(route));
  }
}

function mountDownloadRoutes(
  router: Router,
  routes: readonly DownloadRoute[],
  { gate, limit }: { gate: SessionGate; limit: PersonLimit },
): void {
  for (const route of routes) {
    router.get(route.path, ...guardsOf(route, gate), downloadHandler(route, limit));
  }
}
