import type { Capacity } from '@cyclorama/shared/environment.ts';
import { countInstances } from '@cyclorama/shared/rules/counts.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import {
  appendCapacity,
  capacitySince,
  countMarks,
  firstCapacityAt,
} from '../../../store/capacity-history.ts';
import type { CapacityRow } from '../../../store/capacity-history.ts';
import type { Database } from '../../../store/schema.ts';
import type { Collector } from '../sync/collector.ts';

const MINUTE_MS = 60_000;
const LOOK_MS = 5_000;
const DAY_MS = 86_400_000;
const STEP_MS = 5 * MINUTE_MS;
const MARK_STEP_MS = 30 * MINUTE_MS;
/** Every browser asks for it once a minute. */
const FRESH_MS = 20_000;

type Deps = {
  collector: Pick<Collector, 'snapshot' | 'complete' | 'freshness'>;
  db: Kysely<Database>;
  clock: Clock;
  logger: Logger;
  lookMs?: number;
};

export function capacityAt(at: number, instances: Parameters<typeof countInstances>[0]): CapacityRow {
  const { byState } = countInstances(instances);
  const { failed = 0, unhealthy = 0, changing = 0, stopped = 0, running = 0 } = byState;
  return { at, failed, unhealthy, not_ready: byState['not-ready'] ?? 0, changing, stopped, running };
}

/** Counts once a minute while Cycle answers: a gap is a time in which nothing was known. */
export function createCapacity({ collector, db, clock, logger, lookMs = LOOK_MS }: Deps) {
  let countedAt = 0;
  let made: { at: number; answer: Promise<Capacity> } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const count = async (): Promise<void> => {
    const at = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    if (at === countedAt || !collector.complete || collector.freshness().state !== 'live') return;
    await appendCapacity(db, capacityAt(at, [...collector.snapshot.instances.values()]));
    countedAt = at;
  };
  const look = (): void => {
    writing = writing
      .then(count)
      .catch((error: unknown) => logger.warn({ err: error }, 'the capacity could not be recorded'));
  };

  const read = async (): Promise<Capacity> => {
    const from = (Math.floor((clock.now() - DAY_MS) / MARK_STEP_MS) + 1) * MARK_STEP_MS;
    const [first, rows, marks] = await Promise.all([
      firstCapacityAt(db),
      capacitySince(db, from),
      countMarks(db, { since: from, stepMs: MARK_STEP_MS }),
    ]);
    return {
      recordedSince: first === null ? null : isoOf(first),
      from,
      stepMs: STEP_MS,
      buckets: bucketsOf(rows, from, Math.floor((clock.now() - from) / STEP_MS) + 1),
      markStepMs: MARK_STEP_MS,
      marks: marks.map(({ bin, ...counts }) => ({ at: bin * MARK_STEP_MS, ...counts })),
    };
  };

  return {
    capacity(): Promise<Capacity> {
      const now = clock.now();
      if (made !== null && now - made.at < FRESH_MS) return made.answer;
      const answer = read();
      made = { at: now, answer };
      // The first count is told as soon as it is there.
      void answer.then(
        ({ recordedSince }) => recordedSince === null && (made = null),
        () => (made = null),
      );
      return answer;
    },
    start(): void {
      timer = setInterval(look, lookMs);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await writing;
    },
  };
}

/** Of the rows in a bucket the one with the fewest running, so that a short outage is seen. */
export function bucketsOf(rows: readonly CapacityRow[], from: number, count: number): Capacity['buckets'] {
  const worst: (CapacityRow | undefined)[] = Array.from({ length: count });
  for (const row of rows) {
    const index = Math.floor((row.at - from) / STEP_MS);
    const known = worst[index];
    if (index >= 0 && index < count && (known === undefined || row.running < known.running))
      worst[index] = row;
  }
  return worst.map((row) => {
    if (row === undefined) return null;
    const { at: _at, not_ready: notReady, ...states } = row;
    return { ...states, 'not-ready': notReady };
  });
}
