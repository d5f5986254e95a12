import type { AccessWords } from './access-words.ts';
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
  const { method, params, query, body, response, status = 200 } = route;
  return {
    ...commonOf(route),
    method,
    takesKey: typeof route.onRepeat === 'function',
    params,
    query,
    body,
    success: [status === 204 ? { status } : { status, content: { 'application/json': response } }],
  };
}

function ofSnapshot(route: SnapshotRoute): ApiOperation {
  const content = { 'application/json': route.response };
  return { ...commonOf(route), method: 'get', success: [{ status: 200, content }] };
}

function ofDownload(route: DownloadRoute): ApiOperation {
  const content = Object.fromEntries(route.contentTypes.map((type) => [type, null]));
  return { ...commonOf(route), method: 'get', query: route.query, success: [{ status: 200, content }] };
}

function commonOf({
  path,
  summary,
  role,
  sessionOnly,
  confirm,
}: AccessWords & Pick<Route, 'path' | 'summary'>) {
  return { path, summary, access: role, sessionOnly, confirm };
}
