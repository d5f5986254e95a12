import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CycleInterfaceCounters, CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { cursorOf, deriveSample, MEASURES } from './rates.ts';

const T0 = Date.parse('2026-11-21T10:00:00Z');

function nic(name: string, received: number | null, transmitted: number | null): CycleInterfaceCounters {
  return {
    name,
    kind: name.includes('pub') ? 'public' : 'private',
    receivedBytes: received,
    transmittedBytes: transmitted,
    errors: 0,
    drops: 0,
  };
}

function row(changes: Partial<CycleTelemetryRow> = {}): CycleTelemetryRow {
  return {
    instanceId: 'i',
    containerId: 'c',
    environmentId: 'e',
    at: T0,
    cpuNs: 5e12,
    periods: 1_000,
    throttledPeriods: 10,
    interfaces: [nic('i-pri-1', 1_000_000, 2_000_000)],
    memoryBytes: 100,
    memoryLimitBytes: 1_000,
    limitHits: 3,
    swapBytes: 0,
    cacheBytes: 20,
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
        interfaces: [{ ...nic('i-pri-1', 1_050_000, 2_010_000), errors: 20, drops: 10 }],
        limitHits: 8,
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
      swap: 0,
      cache: 20,
      memoryLimitHits: 0.5,
      receivePrivate: 5_000,
      transmitPrivate: 1_000,
      receivePublic: null,
      transmitPublic: null,
      networkErrors: 2,
      networkDrops: 1,
    });
  });

  it('gives levels only for a first row', () => {
    expect(named(deriveSample(null, row(), 10_000))).toMatchObject({ cpu: null, receive: null, memory: 100 });
  });

  it('takes the same time twice as no new sample', () => {
    expect(deriveSample(cursorOf(row()), row({ cpuNs: 6e12 }), 10_000)).toBeNull();
  });

  it('begins anew where time steps back, as after a clock was put right', () => {
    const ahead = cursorOf(row({ at: T0 + 3_600_000 }));
    const after = deriveSample(ahead, row({ at: T0, cpuNs: 6e12 }), 10_000);
    expect(after).toMatchObject({ at: T0, start: T0 - 10_000 });
    expect(named(after)).toMatchObject({ cpu: null, receive: null, memory: 100 });
    const next = row({ at: T0 + 10_000, cpuNs: 6e12 + 5e9 });
    expect(named(deriveSample(cursorOf(row({ at: T0, cpuNs: 6e12 })), next, 10_000))['cpu']).toBe(50);
  });

  const later = (changes: Partial<CycleTelemetryRow>) => row({ at: T0 + 10_000, cpuNs: 5.01e12, ...changes });
  const both = [nic('i-pri-1', 500, 500), nic('i-pub-1', 9_000_000, 9_000_000)];

  it.each<[string, Partial<CycleTelemetryRow>, Partial<CycleTelemetryRow>]>([
    ['no interfaces', { interfaces: [] }, { interfaces: both }],
    ['one interface missing', { interfaces: both.slice(0, 1) }, { interfaces: both }],
    [
      'a null counter',
      { interfaces: [nic('i-pri-1', null, null)] },
      { interfaces: [nic('i-pri-1', 9e9, 9e9)] },
    ],
  ])('takes %s for a gap on both sides, never for a spike of everything since the start', (_, lacks, has) => {
    for (const [then, now] of [
      [has, lacks],
      [lacks, has],
    ] as const) {
      const sample = named(deriveSample(cursorOf(row(then)), later(now), 10_000));
      expect(sample).toMatchObject({ receive: null, transmit: null });
      // A missing part hides no other.
      expect(sample['cpu']).toBe(100);
    }
  });

  it('takes a missing CPU counter for a gap', () => {
    expect(named(deriveSample(cursorOf(row({ cpuNs: null })), later({}), 10_000))['cpu']).toBeNull();
    expect(named(deriveSample(cursorOf(row()), later({ cpuNs: null }), 10_000))['cpu']).toBeNull();
  });

  it('keeps private and public interfaces apart', () => {
    const grown = [nic('i-pri-1', 1_500, 500), nic('i-pub-1', 9_020_000, 9_000_000)];
    const sample = named(
      deriveSample(cursorOf(row({ interfaces: both })), later({ interfaces: grown }), 10_000),
    );
    expect(sample).toMatchObject({ receivePrivate: 100, receivePublic: 2_000, receive: 2_100, transmit: 0 });
  });

  it('leaves a gap over a restart instead of a negative rate', () => {
    const after = row({ at: T0 + 10_000, cpuNs: 1e9, interfaces: [nic('i-pri-1', 10, 10)], periods: 5 });
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
              interfaces: [nic('i-pri-1', values[1] ?? 0, values[2] ?? 0)],
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
