import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { appendQueueLengths, lastQueueLengths, pruneQueueLengths } from '../../../store/queue-history.ts';
import type { QueueLengthRow } from '../../../store/queue-history.ts';
import type { Database } from '../../../store/schema.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';

/** Unwatched lists are read every five minutes; a length older than two of them is unknown. */
const GAP_AFTER_MS = 11 * 60_000;
const MARK_EVERY_MS = 60_000;
const PRUNE_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** When queue lengths were last read, so that the next start knows the gap. */
const markKey = 'robots.queues-read-until';

export type QueueReading = { id: string; length: number | null; at: number };

type Options = {
  db: Kysely<Database>;
  clock: Clock;
  readings: () => QueueReading[];
  keepDays: number;
};

export type QueueRecorder = {
  /** Records the gap since another process, or this one before, stopped reading. */
  begin(): Promise<void>;
  tick(): Promise<void>;
  end(): Promise<void>;
};

/** Stores a row for each change of a queue's length and one for the start of each gap. */
export function createQueueRecorder({ db, clock, readings, keepDays }: Options): QueueRecorder {
  /** The last stored length of each deployment, and when it was last confirmed. */
  const recorded = new Map<string, { length: number | null; readAt: number }>();
  let newest = Number.NEGATIVE_INFINITY;
  let markedAt = Number.NEGATIVE_INFINITY;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const changed = (): QueueLengthRow[] => {
    const rows: QueueLengthRow[] = [];
    for (const { id, length, at } of readings()) {
      if (length === null || clock.now() - at > GAP_AFTER_MS) continue;
      newest = Math.max(newest, at);
      const before = recorded.get(id);
      // A reading from before a gap says nothing about the time after it.
      if (before?.length === null && at <= before.readAt) continue;
      if (before?.length !== length) rows.push({ deployment_id: id, at, length });
      recorded.set(id, { length, readAt: at });
    }
    for (const [id, { length, readAt }] of recorded) {
      if (length === null || clock.now() - readAt <= GAP_AFTER_MS) continue;
      rows.push({ deployment_id: id, at: readAt + 1, length: null });
      recorded.set(id, { length: null, readAt: readAt + 1 });
    }
    return rows;
  };
  const mark = async (): Promise<void> => {
    if (newest <= markedAt) return;
    markedAt = newest;
    await writeSetting(db, markKey, String(newest));
  };

  return {
    async begin() {
      recorded.clear();
      const until = Number((await readSetting(db, markKey)) ?? 0);
      const open = (await lastQueueLengths(db)).filter(({ length }) => length !== null);
      const gaps = open.map(({ deployment_id, at }) => ({
        deployment_id,
        at: Math.max(at, until) + 1,
        length: null,
      }));
      await appendQueueLengths(db, gaps);
      for (const { deployment_id, at } of gaps) recorded.set(deployment_id, { length: null, readAt: at });
    },
    async tick() {
      await appendQueueLengths(db, changed());
      if (newest - markedAt >= MARK_EVERY_MS) await mark();
      if (clock.now() - prunedAt < PRUNE_EVERY_MS) return;
      prunedAt = clock.now();
      await pruneQueueLengths(db, clock.now() - keepDays * DAY_MS);
    },
    end: mark,
  };
}
