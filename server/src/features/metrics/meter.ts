import type * as PrometheusModule from 'prom-client';
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { CallMade } from '../../upstream/health.ts';

export type Prometheus = typeof PrometheusModule;

/** One answered request; `route` is a template of a closed list, never a path as it was asked for. */
export type RequestMade = { method: string; route: string; status: number; seconds: number };

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CALL_BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
/** Of prom-client's own: gauges whose names end as only a counter's may, with the same by type beside them. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

export type Meter = {
  registry: Registry;
  request(made: RequestMade): void;
  call(made: CallMade): void;
};

/** What is counted as it happens, and the process's own `process_…` and `nodejs_…`. */
export function createMeter(prometheus: Prometheus): Meter {
  const registry = new prometheus.Registry();
  const registers = [registry];
  prometheus.collectDefaultMetrics({ register: registry });
  MISNAMED.forEach((name) => registry.removeSingleMetric(name));
  const requests: Counter = new prometheus.Counter({
    name: 'cyclorama_http_requests_total',
    help: 'Requests answered, event streams aside.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations: Histogram = new prometheus.Histogram({
    name: 'cyclorama_http_request_duration_seconds',
    help: 'How long requests took, event streams aside.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const calls: Histogram = new prometheus.Histogram({
    name: 'cyclorama_upstream_call_duration_seconds',
    help: 'How long each try to call an upstream took, by how it ended.',
    labelNames: ['upstream', 'outcome'],
    buckets: CALL_BUCKETS,
    registers,
  });
  return {
    registry,
    request({ method, route, status, seconds }) {
      requests.inc({ method, route, status: String(status) });
      durations.observe({ method, route }, seconds);
    },
    call({ upstream, outcome, seconds }) {
      calls.observe({ upstream, outcome }, seconds);
    },
  };
}

/** Makes gauges that hold what was last set and nothing older. */
export function gaugesIn(
  { Gauge: Make }: Prometheus,
  registry: Registry,
): (name: string, help: string, labelNames?: readonly string[]) => Gauge {
  return (name, help, labelNames = []) => new Make({ name, help, labelNames, registers: [registry] });
}
