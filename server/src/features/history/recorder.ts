import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import type { Leader } from '../../store/leader.ts';
import { NotLeading } from '../../store/leader.ts';
import type { Database } from '../../store/schema.ts';
import { appendPicture } from '../../store/topology-history.ts';
import type { NodeTexts } from './codec.ts';
import { createPictures } from './pictures.ts';

export const STEP_MS = 60_000;
const LOOK_MS = 2_000;
/** Minutes further apart are a gap. Another replica may need fifteen seconds to go on. */
const MOST_APART_MS = 2 * STEP_MS;

type Deps = {
  db: Kysely<Database>;
  leader: Pick<Leader, 'isLeader' | 'fence'>;
  /** Null while the environment is not known as it is now. */
  nodes: () => NodeTexts | null;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
  lookMs?: number;
};

/** Once a minute: what changed since the last minute, or everything as soon as the changes weigh as much. */
export function createHistoryRecorder({ db, leader, nodes, clock, logger, lookMs = LOOK_MS }: Deps) {
  const pictures = createPictures();
  let lastAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const forget = (): void => {
    pictures.forget();
    lastAt = null;
  };

  const record = async (): Promise<void> => {
    const at = Math.floor(clock.now() / STEP_MS) * STEP_MS;
    const current = nodes();
    if (at === lastAt || current === null) return;
    // Another process may have written since, so that the next picture here is a full one.
    if (!leader.isLeader()) return forget();
    const picture = await pictures.next(at, new Map(current));
    await db.transaction().execute(async (within) => {
      await leader.fence(within);
      await appendPicture(within, { at, picture, mostApart: MOST_APART_MS });
    });
    lastAt = at;
  };

  const looks = singleFlight(record, (error) => {
    forget();
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
