import type { Api } from './faults/fault.ts';
import type { HttpHandler } from './http/serve.ts';
import { urlOf } from './http/serve.ts';

export type RequestCounts = {
  counting(api: Api, handler: HttpHandler): HttpHandler;
  snapshot(): Record<Api, Record<string, number>>;
  reset(): void;
};

export function createRequestCounts(): RequestCounts {
  const empty = (): Record<Api, Record<string, number>> => ({
    cycle: {},
    scheduler: {},
    rerobots: {},
    platform: {},
  });
  let counts = empty();
  return {
    counting: (api, handler) => (request, response) => {
      const name = `${request.method} ${foldIds(urlOf(request).pathname)}`;
      counts[api][name] = (counts[api][name] ?? 0) + 1;
      handler(request, response);
    },
    snapshot: () => structuredClone(counts),
    reset: () => {
      counts = empty();
    },
  };
}

function foldIds(path: string): string {
  return path
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, ':id')
    .replace(/[0-9a-f]{24,}/g, ':id');
}
