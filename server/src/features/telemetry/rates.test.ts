import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { cursorOf, deriveSample, MEASURES } from './rates.ts';

const T0 = Date.parse('2026-11-21T10:00:00Z');

function row(changes: Partial<CycleTelemetryRow> = {}): CycleTelemetryRow {
  return {
    instanceId: 'i',
    containerId: 'c',
    environmentId: 'e',
    at: T0,
    cpuNs: 5e12,
    periods: 1_000,
    throttledPeriods: 10,
    receivedBytes: 1_000_000,
    transmittedBytes: 2_000_000,
    memoryBytes: 100,
    memoryLimitBytes: 1_000,
    processes: 4,
    ...changes,
  };
}

function named(sample: ReturnType<typeof deriveSample>): Record<string, number | null | undefined> {
  return Object.fromEntries(MEASURES.map((measure, index) => [measure, sample?.values[index]]));
}

describe('deriveSample', () => {
  it('derives rates from what the counters grew by over the samples’ own time', () => {
    const before = cursorOf(row());
    const sample = deriveSample(
      before,
      row({
        at: T0 + 10_000,
        cpuNs: 5e12 + 15e9,
        periods: 1_100,
        throttledPeriods: 30,
        receivedBytes: 1_050_000,
        transmittedBytes: 2_010_000,
      }),
      10_000,
    );
    expect(sample?.start).toBe(T0);
    expect(named(sample)).toEqual({
      cpu: 150,
      throttled: 20,
      memory: 100,
      memoryLimit: 1_000,
      receive: 5_000,
      transmit: 1_000,
      processes: 4,
    });
  });

  it('gives levels only for a first row', () => {
    expect(named(deriveSample(null, row(), 10_000))).toMatchObject({ cpu: null, receive: null, memory: 100 });
  });

  it('takes the same time twice as no new sample', () => {
    expect(deriveSample(cursorOf(row()), row({ cpuNs: 6e12 }), 10_000)).toBeNull();
    expect(deriveSample(cursorOf(row()), row({ at: T0 - 1 }), 10_000)).toBeNull();
  });

  it('leaves a gap over a restart instead of a negative rate', () => {
    const after = row({ at: T0 + 10_000, cpuNs: 1e9, receivedBytes: 10, transmittedBytes: 10, periods: 5 });
    expect(named(deriveSample(cursorOf(row()), after, 10_000))).toMatchObject({
      cpu: null,
      throttled: null,
      receive: null,
      transmit: null,
      memory: 100,
    });
  });

  it('leaves a gap where more than two and a half intervals went by', () => {
    const late = (ms: number) => deriveSample(cursorOf(row()), row({ at: T0 + ms, cpuNs: 5.1e12 }), 10_000);
    expect(named(late(25_000))['cpu']).not.toBeNull();
    expect(named(late(25_001))['cpu']).toBeNull();
    expect(late(60_000)?.start).toBe(T0 + 50_000);
  });

  it('never gives a negative rate, nor more processor time than the counter moved by', () => {
    const counter = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(
        fc.tuple(counter, counter, counter, counter),
        fc.tuple(counter, counter, counter, counter),
        fc.integer({ min: 1, max: 60_000 }),
        (then, now, elapsed) => {
          const at = (values: number[], time: number) =>
            row({
              at: time,
              cpuNs: values[0] ?? 0,
              receivedBytes: values[1] ?? 0,
              transmittedBytes: values[2] ?? 0,
              periods: values[3] ?? 0,
              throttledPeriods: Math.min(values[3] ?? 0, 7),
            });
          const sample = deriveSample(cursorOf(at(then, T0)), at(now, T0 + elapsed), 10_000);
          const { cpu, throttled, receive, transmit } = named(sample);
          for (const rate of [cpu, throttled, receive, transmit]) {
            expect(rate === null || (rate ?? -1) >= 0).toBe(true);
          }
          const moved = (now[0] ?? 0) - (then[0] ?? 0);
          expect(cpu == null || Math.abs(cpu * elapsed * 1e4 - moved) < 1_000).toBe(true);
          expect(throttled == null || throttled <= 100).toBe(true);
        },
      ),
    );
  });
});
