import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '../../lib/clock.ts';
import { createKeyedMutex } from '../../lib/keyed-mutex.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { deriveSample } from './rates.ts';
import type { Sample } from './rates.ts';

/** How far back is asked: a snapshot is a kilobyte. */
const BACK_MS = 6 * 3_600_000;
/** What was read is read on when it is so old. */
const TAIL_MS = 30_000;
/** One whose newest sample is older has stopped: no sum waits for it. */
export const BY_KEY_FRESH_MS = 3 * TAIL_MS;
const MOST_AT_ONCE = 8;
const CALLS_A_MINUTE = 60;
const MINUTE_MS = 60_000;
const MOST_KEPT = 50;
/** So long a failure answers for all, and a missing capability, which somebody has to add. */
const FAILED_FOR_MS = 10_000;
const REFUSED_FOR_MS = 30_000;
/** What is measured here does not wait longer; the read goes on, for whoever looks next. */
const WAIT_MS = 4_000;

export type ByKey = {
  /** Those that could be read, oldest sample first. */
  samples: ReadonlyMap<string, Sample[]>;
  /** Why others were not, a sentence; null where all were. */
  reason: string | null;
};
export type ReadByKey = (
  asked: readonly { id: string; containerId: string }[],
  from: number,
  to: number,
) => Promise<ByKey>;

type Deps = {
  platform: Pick<PlatformClient, 'configured' | 'instanceTelemetry'>;
  clock: Clock;
  intervalMs: (containerId: string) => number;
};
/** What was read since `from`, at `readAt`; the last row is where the next piece goes on. */
type Kept = { from: number; readAt: number; last: CycleTelemetryRow | null; samples: Sample[] };
type Found = Sample[] | { reason: string };

/**
 * Telemetry of instances whose server nothing of ours reads, by the API key of the public API; times in epoch
 * milliseconds. Only of what somebody looks at, each piece once, and stored nowhere: what a collector stores must stay
 * the only truth.
 */
export function createTelemetryByKey({ platform, clock, intervalMs }: Deps): ReadByKey {
  /** The one longest unused first. */
  const kept = new Map<string, Kept>();
  /** Whoever looks at the same waits for the first read of it. */
  const reading = createKeyedMutex();
  let calls: number[] = [];
  let failed: { until: number; reason: string } | null = null;

  const touched = (id: string, value: Kept): Sample[] => {
    kept.delete(id);
    kept.set(id, value);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return value.samples;
  };

  const mayCall = (now: number): boolean => {
    calls = calls.filter((at) => now - at < MINUTE_MS);
    return calls.length < CALLS_A_MINUTE && calls.push(now) > 0;
  };

  const samplesSince = async (id: string, containerId: string, from: number): Promise<Found> => {
    const before = kept.get(id);
    const known = before !== undefined && before.from <= from ? before : null;
    const now = clock.now();
    if (known !== null && now - known.readAt < TAIL_MS) return touched(id, known);
    if (failed !== null && now < failed.until) return { reason: failed.reason };
    if (!mayCall(now))
      return known?.samples ?? { reason: 'Cycle’s public API was asked often enough for this minute.' };
    const last = known?.last ?? null;
    const answer = await platform.instanceTelemetry(containerId, id, last?.at ?? from, now);
    if (!answer.ok) {
      const { fault, detail, message } = answer.error;
      // One that Cycle does not know (any more) says nothing about others.
      if (detail.status !== 404) {
        const isLacking = fault === 'refused' && detail.status === 403;
        failed = { until: now + (isLacking ? REFUSED_FOR_MS : FAILED_FOR_MS), reason: message };
      }
      return { reason: message };
    }
    const rows = answer.value.filter(({ at }) => last === null || at > last.at);
    const oldest = now - BACK_MS;
    const earlier = known?.samples.filter(({ at }) => at > oldest) ?? [];
    return touched(id, {
      from: known === null ? from : Math.max(known.from, oldest),
      readAt: now,
      last: rows.at(-1) ?? last,
      samples: [...earlier, ...samplesOf(last, rows, intervalMs(containerId))],
    });
  };

  return async (asked, from, to) => {
    const samples = new Map<string, Sample[]>();
    const told = (reason: string): ByKey => ({ samples, reason });
    if (!platform.configured)
      return told('An API key of Cycle’s public API with the capability containers-view would show them.');
    const start = Math.max(from, clock.now() - BACK_MS);
    if (start >= to) return told('With the API key only the last six hours can be read.');
    let reason: string | null = null;
    const late = new AbortController();
    const reads = asked.slice(0, MOST_AT_ONCE).map(async ({ id, containerId }) => {
      const read = reading.run(id, () => samplesSince(id, containerId, start));
      const tooLong = sleep(WAIT_MS, null, { ref: false, signal: late.signal }).catch(() => null);
      const found = await Promise.race([read, tooLong]);
      if (found === null) reason ??= 'Cycle’s public API has not answered yet.';
      else if (Array.isArray(found)) samples.set(id, found);
      else reason ??= found.reason;
    });
    await Promise.all(reads);
    late.abort();
    if (asked.length > MOST_AT_ONCE)
      reason ??= `With the API key ${MOST_AT_ONCE} instances are read at a time: look at one by itself.`;
    return { samples, reason };
  };
}

/** The platform may keep fewer snapshots than the container asks to be taken. */
function samplesOf(
  before: CycleTelemetryRow | null,
  rows: readonly CycleTelemetryRow[],
  leastMs: number,
): Sample[] {
  const times = [...(before === null ? [] : [before]), ...rows].map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? leastMs;
  return rows.flatMap((row, index) => {
    const sample = deriveSample(rows[index - 1] ?? before, row, Math.max(leastMs, usual));
    return sample === null ? [] : [sample];
  });
}
