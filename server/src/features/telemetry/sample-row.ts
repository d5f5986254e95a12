import { COLUMNS } from '../../store/telemetry/columns.ts';
import type { SampleRow } from '../../store/telemetry/head.ts';
import { startOf } from '../../store/telemetry/read.ts';
import type { Sample } from './rates.ts';

/** The columns are in the order of MEASURES. */
export function toSampleRow(instanceId: string, { at, values }: Sample): SampleRow {
  const columns = Object.fromEntries(COLUMNS.map((column, index) => [column, values[index] ?? null]));
  return { instance_id: instanceId, at, ...(columns as Record<(typeof COLUMNS)[number], number | null>) };
}

/** The span is not stored. */
export function toSample(row: SampleRow, before: number | null, intervalMs: number): Sample {
  return {
    at: row.at,
    start: startOf(row.at, before, intervalMs),
    values: COLUMNS.map((column) => row[column]),
  };
}
