import { cursorOf, deriveSample } from '../../server/src/features/telemetry/rates.ts';
import { toSampleRow } from '../../server/src/features/telemetry/sample-row.ts';
import type { Store } from '../../server/src/store/database.ts';
import type { SampleRow } from '../../server/src/store/telemetry/head.ts';
import { sealableUntil, sealSamples } from '../../server/src/store/telemetry/seal.ts';
import { toTelemetryRow } from '../../server/src/upstream/cycle/to-telemetry.ts';
import type { CycleTelemetryRow } from '../../server/src/upstream/cycle/types.ts';
import { insertMany } from './insert-many.ts';

type Wire = Parameters<typeof toTelemetryRow>[0];

/** A row is a time, then the values of `columns`, then of `interfaceColumns` for each interface. */
export type PastTelemetry = {
  columns: string[];
  interfaceColumns: string[];
  instances: { id: string; container: string; interfaces: string[]; rows: number[][] }[];
};
type Measured = PastTelemetry['instances'][number];

/** The longest time between two rows. */
const APART_MS = 300_000;
const MINUTE = 60_000;

/** The counters become rates by the collector's own rules. */
export async function recordTelemetry(db: Store['db'], told: PastTelemetry): Promise<void> {
  const samples: SampleRow[] = [];
  const cursors: Record<string, unknown>[] = [];
  for (const instance of told.instances) {
    const rows = instance.rows.flatMap((row) => toTelemetryRow(wireOf(told, instance, row)) ?? []);
    samples.push(...ratesOf(rows));
    const last = rows.at(-1);
    if (last !== undefined)
      cursors.push({
        instance_id: last.instanceId,
        container_id: last.containerId,
        at: last.at,
        counters: JSON.stringify(cursorOf(last)),
      });
  }
  await insertMany(db, 'telemetry_samples', samples);
  await insertMany(db, 'telemetry_cursors', cursors);
}

/** What the server does with past hours. */
export async function sealTelemetry(db: Store['db'], now: number): Promise<void> {
  await sealSamples(db, {
    until: sealableUntil(now),
    onDamaged: (fault) => {
      throw fault;
    },
  });
}

/** Where rows are minutes apart, each minute between them was as the row that ends it. */
function ratesOf(rows: readonly CycleTelemetryRow[]): SampleRow[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const sample = deriveSample(before === undefined ? null : cursorOf(before), row, APART_MS);
    if (sample === null) return [];
    const from = before === undefined ? row.at : Math.max(before.at, row.at - APART_MS);
    const minutes = Math.max(1, Math.floor((row.at - from) / MINUTE));
    return Array.from({ length: minutes }, (_, ago) =>
      toSampleRow(row.instanceId, { ...sample, at: row.at - (minutes - 1 - ago) * MINUTE }),
    );
  });
}

function wireOf(
  { columns, interfaceColumns }: PastTelemetry,
  { id, container, interfaces }: Measured,
  row: number[],
): Wire {
  const [at = 0, ...values] = row;
  const stats: Record<string, unknown> = { time: new Date(at).toISOString() };
  for (const [index, path] of columns.entries()) put(stats, path.split('.'), values[index]);
  const network = interfaces.map((name, place) => ({
    name,
    ...Object.fromEntries(
      interfaceColumns.map((column, index) => [
        column,
        values[columns.length + place * interfaceColumns.length + index],
      ]),
    ),
  }));
  return {
    instance_id: id,
    container_id: container,
    environment_id: '',
    stats: { ...stats, network: { interfaces: network } },
  } as unknown as Wire;
}

function put(into: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) into[key] = value;
  else put((into[key] ??= {}) as Record<string, unknown>, rest, value);
}
