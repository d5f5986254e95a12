import type { ApiOperation } from './api-operation.ts';
import type { DownloadRoute } from './download-route.ts';
import type { Feature } from './feature.ts';
import type { Route } from './route.ts';
import type { SnapshotRoute } from './snapshot-route.ts';
import { eventStreamOperation } from './sse.ts';

/** Everything that the server answers, static files aside. */
export function apiOperations(features: readonly Feature[]): ApiOperation[] {
  return [
    ...features.flatMap(({ routes = [], snapshotRoutes = [], downloads = [], routerOperations = [] }) => [
      ...routerOperations,
      ...snapshotRoutes.map(ofSnapshot),
      ...downloads.map(ofDownload),
      ...routes.map(ofRoute),
    ]),
    eventStreamOperation,
  ];
}

function ofRoute(route: Route): ApiOperation {
  const {
    method,
    path,
    summary,
    role,
    sessionOnly,
    confirm,
    params,
    query,
    body,
    response,
    status = 200,
  } = route;
  return {
    method,
    path,
    summary,
    access: role,
    sessionOnly,
    confirm,
    takesKey: typeof route.onRepeat === 'function',
    params,
    query,
    body,
    success: [status === 204 ? { status } : { status, content: { 'application/json': response } }],
  };
}

function ofSnapshot({ path, summary, role, response }: SnapshotRoute): ApiOperation {
  const content = { 'application/json': response };
  return { method: 'get', path, summary, access: role, success: [{ status: 200, content }] };
}

function ofDownload({ path, summary, role, query, contentTypes }: DownloadRoute): ApiOperation {
  const content = Object.fromEntries(contentTypes.map((type) => [type, null]));
  return { method: 'get', path, summary, access: role, query, success: [{ status: 200, content }] };
}
