import type { CollectorsResponse } from '@cyclorama/shared/collectors.ts';
import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import type { Overview } from '@cyclorama/shared/environment.ts';
import type { Registry } from 'prom-client';

import { gaugesIn } from './meter.ts';
import type { Prometheus } from './meter.ts';

/** Read at each scrape; everything is in memory, but for the size of the store. */
export type StateSources = {
  version: string;
  engine: 'sqlite' | 'postgres';
  streams: () => { open: number; people: number };
  isLeader: () => boolean;
  storeWorks: () => boolean;
  /** Null where it is not a file of this machine. */
  storeSize: () => Promise<{ bytes: number; freeBytes: number } | null>;
  upstreams: () => readonly UpstreamStatus[];
  collectors: () => CollectorsResponse;
  numbers: () => Pick<Overview, 'claims' | 'robots'>;
};

const secondsOf = (iso: string): number => Date.parse(iso) / 1_000;

/** Gauges of what is so now. `update` sets them all; what is no longer there is gone. */
export function createStateGauges(
  prometheus: Prometheus,
  registry: Registry,
  sources: StateSources,
): { update(): Promise<void> } {
  const gauge = gaugesIn(prometheus, registry);
  const build = gauge('cyclorama_build_info', 'Version of Cyclorama, of Node and engine of the store.', [
    'version',
    'node',
    'store',
  ]);
  build.set({ version: sources.version, node: process.versions.node, store: sources.engine }, 1);
  const leader = gauge('cyclorama_leader', 'Whether this process leads the work that replicas share.');
  const storeUp = gauge('cyclorama_store_up', 'Whether the store can be used.');
  const storeBytes = gauge('cyclorama_store_size_bytes', 'SQLite file and its log.');
  const storeFree = gauge('cyclorama_store_free_bytes', 'Free on the disk the SQLite file is on.');
  const streams = gauge('cyclorama_event_streams', 'Open event streams; an open page has one.');
  const people = gauge('cyclorama_event_stream_people', 'People with an open event stream.');
  const claims = gauge('cyclorama_claims', 'Open claims of functions.', ['state']);
  const robots = gauge('cyclorama_robots', 'Robots of the fleet.', ['state']);
  const updateUpstreams = upstreamGauges(gauge);
  const updateCollectors = collectorGauges(prometheus, registry);
  return {
    async update() {
      const size = await sources.storeSize();
      leader.set(Number(sources.isLeader()));
      storeUp.set(Number(sources.storeWorks()));
      [storeBytes, storeFree].forEach((each) => each.remove());
      if (size !== null) {
        storeBytes.set(size.bytes);
        storeFree.set(size.freeBytes);
      }
      const open = sources.streams();
      streams.set(open.open);
      people.set(open.people);
      const numbers = sources.numbers();
      for (const [state, count] of Object.entries(numbers.claims)) claims.set({ state }, count);
      const { ours, free, heldByOthers, unavailable, unknown } = numbers.robots;
      const parts = { ours, free, 'held-by-others': heldByOthers, unavailable, unknown };
      for (const [state, count] of Object.entries(parts)) robots.set({ state }, count);
      updateUpstreams(sources.upstreams());
      updateCollectors(sources.collectors());
    },
  };
}

/** Those that are not configured, or that nobody has called yet, have no series. */
function upstreamGauges(gauge: ReturnType<typeof gaugesIn>): (list: readonly UpstreamStatus[]) => void {
  const up = gauge('cyclorama_upstream_up', 'Whether the upstream is live.', ['upstream']);
  const asOf = gauge(
    'cyclorama_upstream_last_success_timestamp_seconds',
    'Last good answer of the upstream.',
    ['upstream'],
  );
  const limit = gauge('cyclorama_upstream_budget_limit_calls', 'Calls the upstream allows in its window.', [
    'upstream',
  ]);
  const left = gauge('cyclorama_upstream_budget_remaining_calls', 'Calls left in the window.', ['upstream']);
  const resets = gauge('cyclorama_upstream_budget_reset_timestamp_seconds', 'When the window ends.', [
    'upstream',
  ]);
  return (list) => {
    [up, asOf, limit, left, resets].forEach((each) => each.reset());
    for (const { name: upstream, state, asOf: at, failingSince, budget } of list) {
      if (state === 'unconfigured' || (at === null && failingSince === null)) continue;
      up.set({ upstream }, Number(state === 'live'));
      if (at !== null) asOf.set({ upstream }, secondsOf(at));
      if (budget === null) continue;
      limit.set({ upstream }, budget.limit);
      left.set({ upstream }, budget.remaining);
      resets.set({ upstream }, secondsOf(budget.resetsAt));
    }
  };
}

function collectorGauges(prometheus: Prometheus, registry: Registry): (list: CollectorsResponse) => void {
  const gauge = gaugesIn(prometheus, registry);
  const of = ['server', 'hostname'];
  const instances = gauge('cyclorama_server_instances', 'Instances on the server.', of);
  const up = gauge(
    'cyclorama_collector_up',
    'Whether the server’s telemetry comes in, and by which process.',
    [...of, 'by'],
  );
  const report = gauge(
    'cyclorama_collector_last_report_timestamp_seconds',
    'Last report from the server.',
    of,
  );
  const sample = gauge(
    'cyclorama_collector_last_sample_timestamp_seconds',
    'Newest sample from the server.',
    of,
  );
  const waiting = gauge('cyclorama_collector_waiting_samples', 'Samples that wait at the collector.', of);
  const dropped = new prometheus.Counter({
    name: 'cyclorama_collector_dropped_samples_total',
    help: 'Samples the collector lost because its spool was full.',
    labelNames: of,
    registers: [registry],
  });
  return ({ servers }) => {
    [instances, up, report, sample, waiting, dropped].forEach((each) => each.reset());
    for (const each of servers) {
      const labels = { server: each.serverId, hostname: each.hostname ?? '' };
      instances.set(labels, each.instances);
      up.set({ ...labels, by: each.by }, Number(each.state === 'reporting'));
      if (each.by === 'nobody') continue;
      if (each.lastReportAt !== null) report.set(labels, secondsOf(each.lastReportAt));
      if (each.lastSampleAt !== null) sample.set(labels, secondsOf(each.lastSampleAt));
      waiting.set(labels, each.waiting);
      dropped.inc(labels, each.dropped);
    }
  };
}
