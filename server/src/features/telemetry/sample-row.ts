import type { SampleRow } from '../../store/telemetry.ts';
import type { Sample } from './rates.ts';

/** A sample as the store keeps it. */
export function toSampleRow(instanceId: string, { at, values }: Sample): SampleRow {
  const [cpu, throttled, memory, memoryLimit, receive, transmit, processes] = values;
  return {
    instance_id: instanceId,
    at,
    cpu: cpu ?? null,
    throttled: throttled ?? null,
    memory: memory ?? null,
    memory_limit: memoryLimit ?? null,
    receive: receive ?? null,
    transmit: transmit ?? null,
    processes: processes ?? null,
  };
}

/** A stored row's values in the order of MEASURES, NaN for a gap. */
export function valuesOf(row: SampleRow): number[] {
  const { cpu, throttled, memory, memory_limit: memoryLimit, receive, transmit, processes } = row;
  return [cpu, throttled, memory, memoryLimit, receive, transmit, processes].map(
    (each) => each ?? Number.NaN,
  );
}

/** A stored sample; its span is not kept, so it reaches back to the one before, or one interval over a gap. */
export function toSample(row: SampleRow, before: number | null, intervalMs: number): Sample {
  const near = before !== null && row.at - before <= 2.5 * intervalMs;
  const values = valuesOf(row).map((each) => (Number.isNaN(each) ? null : each));
  return { at: row.at, start: near ? before : row.at - intervalMs, values };
}
