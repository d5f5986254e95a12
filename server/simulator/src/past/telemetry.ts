import { presentTelemetry } from '../cycle/present-telemetry.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Past, Span } from './run-past.ts';
import { PAST_MS } from './run-past.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The nearer, the finer: from how long before the end on there is a row each so many milliseconds. */
const STEPS = [
  { since: PAST_MS, stepMs: 5 * MINUTE },
  { since: HOUR, stepMs: MINUTE },
] as const;
/** With more, a day would take longer to hand over than anybody waits for a demo. */
const MOST_INSTANCES = 500;

/** The fields of the telemetry API's stats that change, by path; each interface's follow, in the order of `interfaces`. */
const COLUMNS = [
  'cpu.usage.total',
  'cpu.throttling.periods',
  'cpu.throttling.throttled_periods',
  'memory.cache',
  'memory.usage.usage',
  'memory.usage.limit',
  'memory.usage.fail_count',
  'memory.swap_usage.usage',
  'processes.current',
] as const;
const INTERFACE_COLUMNS = [
  'rx_bytes',
  'tx_bytes',
  'rx_errors',
  'tx_errors',
  'rx_dropped',
  'tx_dropped',
] as const;

type Row = { stats: Record<string, unknown> & { network?: { interfaces: Record<string, unknown>[] } } };

/** Of each instance what `GET /v1/environment/telemetry` would have answered; a row begins with its time. */
export type PastTelemetry = {
  columns: readonly string[];
  interfaceColumns: readonly string[];
  instances: { id: string; container: string; interfaces: unknown[]; rows: unknown[][] }[];
};

export function pastTelemetry(world: World, { spans }: Past): PastTelemetry {
  const measured = [...world.instances.values()].filter(({ startedAt }) => startedAt !== null);
  const moments = timesUntil(world.clock.now()).map((at): World => worldAt(world, at));
  const instances = measured.length > MOST_INSTANCES ? [] : measured;
  return {
    columns: COLUMNS,
    interfaceColumns: INTERFACE_COLUMNS,
    instances: instances.map((instance) => measuredAt(instance, spans.get(instance.id) ?? [], moments)),
  };
}

function timesUntil(now: number): number[] {
  const whole = (ms: number) => Math.ceil((now - ms) / (5 * MINUTE)) * 5 * MINUTE;
  return STEPS.flatMap(({ since, stepMs }, place) => {
    const next = STEPS[place + 1];
    const [from, to] = [whole(since), next ? whole(next.since) : now];
    return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => from + index * stepMs);
  });
}

function worldAt(world: World, at: number): World {
  return { ...world, clock: { ...world.clock, now: () => at } };
}

function measuredAt(instance: Instance, spans: readonly Span[], moments: readonly World[]) {
  const rows: unknown[][] = [];
  let interfaces: unknown[] = [];
  for (const then of moments) {
    const at = then.clock.now();
    const span = spans.find(({ from, to }) => from <= at && (to === null || at < to));
    if (!span) continue;
    const [row] = presentTelemetry(then, [
      { ...instance, state: 'running', startedAt: span.from },
    ]) as unknown as Row[];
    if (!row) continue;
    const all = row.stats.network?.interfaces ?? [];
    interfaces = all.map(({ name }) => name);
    const traffic = all.flatMap((each) => INTERFACE_COLUMNS.map((column) => each[column]));
    rows.push([at, ...COLUMNS.map((path) => valueAt(row.stats, path)), ...traffic]);
  }
  return { id: instance.id, container: instance.containerId, interfaces, rows };
}

function valueAt(stats: Row['stats'], path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], stats);
}
