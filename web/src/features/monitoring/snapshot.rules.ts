import { z } from 'zod';

const count = z.number().catch(0);
const counts = z.record(z.string(), count).nullish().catch(null);
const handler = z.object({ hits: count, timing_ms: count }).nullish().catch(null);

/** What a snapshot may hold ("LoadBalancerTelemetrySnapshot"); what it leaves out counts as nothing. */
const half = z.object({
  metrics: z.object({
    connections: count,
    requests: count,
    bytes_transmitted: count,
    bytes_received: count,
    disconnects: counts,
  }),
  router: z
    .object({
      destinations: z.record(
        z.string(),
        z.object({
          instance_id: z.string().nullish(),
          requests: z.object({ total: count, responses: counts }).nullish().catch(null),
          latency_ms: z.array(z.number()).nullish().catch(null),
        }),
      ),
    })
    .nullish()
    .catch(null),
  urls: z
    .object({
      destinations: z.record(
        z.string(),
        z.object({
          requests: z
            .object({
              host: z.string(),
              method: z.string(),
              path: z.string(),
              total: count,
              handlers: z.record(z.string(), handler).nullish().catch(null),
            })
            .nullish()
            .catch(null),
        }),
      ),
    })
    .nullish()
    .catch(null),
});
const snapshot = z.object({
  time: z.string(),
  started: z.string().nullish(),
  version: z.string().nullish(),
  current: half,
  cumulative: half,
});
const snapshots = z.record(z.string(), snapshot);

export type Span = 'current' | 'cumulative';
export type Snapshot = z.infer<typeof snapshot>;
export type Bar = { name: string; value: number };
export type UrlRow = { key: string; method: string; url: string; total: number; averageMs: number | null };

export type ReadSnapshots = { error: string } | { controllers: [string, Snapshot][]; body: unknown };

/** The error names the first place that is not as it should be. */
export function readSnapshots(text: string): ReadSnapshots {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { error: 'This is no JSON.' };
  }
  const read = snapshots.safeParse(body);
  if (read.success) {
    const controllers = Object.entries(read.data);
    if (controllers.length === 0) return { error: 'Expected an object with a snapshot for each controller.' };
    return { controllers, body };
  }
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  return { error: `${place === '' ? 'The whole' : place}: ${issue?.message ?? 'not what was expected'}.` };
}

const DISCONNECTS: Record<string, string> = {
  no_error: 'Closed normally',
  request_invalid: 'Invalid request',
  timeout_idle: 'Idle too long',
  router_none: 'No router',
  router_nomatch: 'No router matched',
  destination_unavailable: 'No instance available',
  unknown_error: 'Unknown error',
};

const largestFirst = (bars: Bar[]): Bar[] => bars.toSorted((a, b) => b.value - a.value);

export function disconnects({ metrics }: Snapshot[Span]): Bar[] {
  return largestFirst(
    Object.entries(metrics.disconnects ?? {}).map(([name, value]) => ({
      name: DISCONNECTS[name] ?? name,
      value,
    })),
  );
}

/** `nameOf`: what people call an instance. */
export function requestsByInstance({ router }: Snapshot[Span], nameOf: (id: string) => string): Bar[] {
  return largestFirst(
    Object.entries(router?.destinations ?? {}).map(([key, { instance_id: id, requests }]) => ({
      name: nameOf(id ?? key),
      value: requests?.total ?? 0,
    })),
  );
}

/** The median of what each instance's latencies are. */
export function latencyByInstance({ router }: Snapshot[Span], nameOf: (id: string) => string): Bar[] {
  return largestFirst(
    Object.entries(router?.destinations ?? {}).flatMap(
      ([key, { instance_id: id, latency_ms: latencies }]) => {
        const sorted = (latencies ?? []).toSorted((a, b) => a - b);
        const median = sorted[Math.floor((sorted.length - 1) / 2)];
        return median === undefined ? [] : [{ name: nameOf(id ?? key), value: median }];
      },
    ),
  );
}

/** By status, over all instances, in the order of statuses. */
export function responses({ router }: Snapshot[Span]): Bar[] {
  const sums = new Map<string, number>();
  for (const { requests } of Object.values(router?.destinations ?? {})) {
    for (const [status, value] of Object.entries(requests?.responses ?? {}))
      sums.set(status, (sums.get(status) ?? 0) + value);
  }
  return [...sums]
    .map(([status, value]) => ({ name: status.replace(/^http:/, ''), value }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

export function urlRows({ urls }: Snapshot[Span]): UrlRow[] {
  return Object.entries(urls?.destinations ?? {})
    .flatMap(([key, { requests }]) => {
      if (requests == null) return [];
      const { method, host, path, total, handlers } = requests;
      const all = Object.values(handlers ?? {});
      const hits = all.reduce((sum, each) => sum + (each?.hits ?? 0), 0);
      const ms = all.reduce((sum, each) => sum + (each?.timing_ms ?? 0), 0);
      return [{ key, method, url: host + path, total, averageMs: hits === 0 ? null : ms / hits }];
    })
    .toSorted((a, b) => b.total - a.total);
}
