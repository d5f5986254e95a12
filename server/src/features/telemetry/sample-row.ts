import type { SampleRow } from '../../store/telemetry.ts';
import { MEASURES } from './rates.ts';
import type { Sample } from './rates.ts';

type Column = Exclude<keyof SampleRow, 'instance_id' | 'at'>;

/** In the order of MEASURES. */
const COLUMNS: readonly Column[] = MEASURES.map(
  (measure) => measure.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as Column,
);

export function toSampleRow(instanceId: string, { at, values }: Sample): SampleRow {
  const columns = Object.fromEntries(COLUMNS.map((column, index) => [column, values[index] ?? null]));
  return { instance_id: instanceId, at, ...(columns as Record<Column, number | null>) };
}

export function valuesOf(row: SampleRow): number[] {
  return COLUMNS.map((column) => row[column] ?? Number.NaN);
}

/** The span is not stored: a sample reaches back to the previous one, or by one interval over a gap. */
export function toSample(row: SampleRow, before: number | null, intervalMs: number): Sample {
  const near = before !== null && row.at - before <= 2.5 * intervalMs;
  const values = COLUMNS.map((column) => row[column]);
  return { at: row.at, start: near ? before : row.at - intervalMs, values };
}
