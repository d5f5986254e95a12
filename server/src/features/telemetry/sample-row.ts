import { COLUMNS } from '../../store/telemetry/columns.ts';
import type { SampleRow } from '../../store/telemetry/head.ts';
import type { Points } from '../../store/telemetry/points.ts';
import { startOf } from '../../store/telemetry/read.ts';
import type { Sample } from './rates.ts';

/** The columns are in the order of MEASURES. */
export function toSampleRow(instanceId: string, { at, values }: Sample): SampleRow {
  const columns = Object.fromEntries(COLUMNS.map((column, index) => [column, values[index] ?? null]));
  return { instance_id: instanceId, at, ...(columns as Record<(typeof COLUMNS)[number], number | null>) };
}

/** Of one instance, in the order of time. `intervalMs`: how far one after a gap reaches back. */
export function samplesOf(rows: readonly SampleRow[], intervalMs: number): Sample[] {
  return rows.map((row, place) => ({
    at: row.at,
    start: startOf(row.at, rows[place - 1]?.at ?? null, intervalMs),
    values: COLUMNS.map((column) => row[column]),
  }));
}

/** In the order of time. */
export function pointsOf(samples: readonly Sample[]): Points {
  const values = (measure: number): number[] => samples.map((sample) => sample.values[measure] ?? Number.NaN);
  return {
    length: samples.length,
    ends: samples.map(({ at }) => at),
    spans: samples.map(({ start, at }) => at - start),
    means: values,
    lows: values,
    highs: values,
  };
}
