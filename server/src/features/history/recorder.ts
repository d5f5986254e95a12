import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import type { Leader } from '../../store/leader.ts';
import { NotLeading } from '../../store/leader.ts';
import type { Database } from '../../store/schema.ts';
import { appendPicture } from '../../store/topology-history.ts';
import { encodeChanges, encodeFull } from './codec.ts';
import type { NodeTexts } from './codec.ts';

export const STEP_MS = 60_000;
const LOOK_MS = 2_000;
/** Minutes further apart are a gap. Another replica may need fifteen seconds to go on. */
const MOST_APART_MS = 2 * STEP_MS;
/** A picture costs at most this many changes to read, however little changes. */
const MOST_CHANGES = 1_440;

type Deps = {
  db: Kysely<Database>;
  leader: Pick<Leader, 'isLeader' | 'fence'>;
  /** Null while the environment is not known as it is now. */
  nodes: () => NodeTexts | null;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  lookMs?: number;
};

type Last = { at: number; texts: NodeTexts; fullBytes: number; changeBytes: number; changes: number };

/** Once a minute: what changed since the last minute, or everything as soon as the changes weigh as much. */
export function createHistoryRecorder({ db, leader, nodes, clock, logger, lookMs = LOOK_MS }: Deps) {
  let last: Last | null = null;
  let timer: NodeJS.Timeout | undefined;

  const pictureOf = async (texts: NodeTexts): Promise<{ next: Omit<Last, 'at'>; body: Buffer | null }> => {
    const isDue = last === null || last.changeBytes >= last.fullBytes || last.changes >= MOST_CHANGES;
    if (last === null || isDue) {
      const body = await encodeFull(texts);
      return { body, next: { texts, fullBytes: body.length, changeBytes: 0, changes: 0 } };
    }
    const body = await encodeChanges(last.texts, texts);
    const changeBytes = last.changeBytes + (body?.length ?? 0);
    return { body, next: { ...last, texts, changeBytes, changes: last.changes + (body === null ? 0 : 1) } };
  };

  const record = async (): Promise<void> => {
    const at = Math.floor(clock.now() / STEP_MS) * STEP_MS;
    const current = nodes();
    if (at === last?.at || current === null) return;
    // Another process may have written since, so that the next picture here is a full one.
    if (!leader.isLeader()) return void (last = null);
    const texts = new Map(current);
    const { body, next } = await pictureOf(texts);
    const isFull = next.changes === 0 && body !== null;
    const picture = body === null ? null : { at, is_full: isFull ? (1 as const) : (0 as const), body };
    await db.transaction().execute(async (within) => {
      await leader.fence(within);
      await appendPicture(within, { at, picture, mostApart: MOST_APART_MS });
    });
    last = { ...next, at };
  };

  const looks = singleFlight(record, (error) => {
    last = null;
    if (!(error instanceof NotLeading))
      logger.warn({ err: error }, 'a minute of the topology could not be recorded');
  });

  return {
    /** What the timer does: records the minute, once. */
    look: () => looks.again(),
    start(): void {
      void looks.run();
      timer = setInterval(() => void looks.run(), lookMs);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await looks.settled();
    },
  };
}
