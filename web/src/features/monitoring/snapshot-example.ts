const metrics = {
  disconnects: {
    no_error: 40,
    request_invalid: 1,
    timeout_idle: 2,
    router_none: 0,
    router_nomatch: 0,
    destination_unavailable: 0,
    unknown_error: 0,
  },
  connections: 43,
  requests: 200,
  bytes_transmitted: 901_223,
  bytes_received: 44_120,
};
const destination = (last: number, total: number, missing: number, latencies: number[]) => ({
  connections: {
    success: 20 + last,
    unavailable: 0,
    errors: {},
    bytes_transmitted: 450_000,
    bytes_received: 22_000,
  },
  requests: { total, responses: { 'http:200': total - missing, 'http:404': missing }, errors: {} },
  latency_ms: latencies,
  instance_id: `651586fca6078e98982d020${last}`,
  container_id: '651586fca6078e98982d0101',
});
const nothing = { hits: 0, timing_ms: 0 };

/** In the shape of "LoadBalancerTelemetrySnapshot", to begin from. */
export function exampleSnapshots(time: string) {
  return {
    'port-443': {
      time,
      started: time,
      version: 'v2026.03.26.01',
      dataset_id: 7,
      current: {
        metrics,
        router: {
          destinations: {
            '651586fca6078e98982d0201': destination(1, 120, 3, [1, 2, 4]),
            '651586fca6078e98982d0202': destination(2, 80, 1, [5, 6, 9]),
          },
        },
        urls: {
          destinations: {
            'GET:api.example.com/v1': {
              requests: {
                host: 'api.example.com',
                method: 'GET',
                path: '/v1',
                total: 198,
                last_hit: time,
                handlers: {
                  proxy: { hits: 198, timing_ms: 3762 },
                  cache: nothing,
                  forward: nothing,
                  redirect: nothing,
                },
                responses: { 'http:200': 198 },
                errors: {},
              },
            },
          },
        },
      },
      cumulative: { metrics, router: null, urls: null },
    },
  };
}
