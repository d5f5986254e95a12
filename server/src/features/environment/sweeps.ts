import type { Kysely } from 'kysely';

import type { Config } from '../../config.ts';
import type { Sweep } from '../../lib/sweep.ts';
import { pruneCapacity } from '../../store/capacity-history.ts';
import { pruneObjectEvents } from '../../store/object-events.ts';
import { DAY_MS, KEPT_DAYS, KEPT_EVENTS } from '../../store/retention/kept.ts';
import { pruneTaskBatches, pruneTasks } from '../../store/retention/ledgers.ts';
import type { Database } from '../../store/schema.ts';

/** What is remembered of the environment, and what was done to it. */
export function environmentSweeps(
  db: Kysely<Database>,
  { eventRetentionDays, ledgerRetentionDays }: Pick<Config, 'eventRetentionDays' | 'ledgerRetentionDays'>,
): Sweep[] {
  const eventsMs = eventRetentionDays * DAY_MS;
  const tasksMs = ledgerRetentionDays * DAY_MS;
  return [
    {
      what: 'events',
      run: (now, isWanted) => pruneObjectEvents(db, { before: now - eventsMs, keep: KEPT_EVENTS, isWanted }),
    },
    { what: 'capacity', run: (now) => pruneCapacity(db, now - KEPT_DAYS.capacity * DAY_MS) },
    { what: 'tasks', run: (now, isWanted) => pruneTasks(db, now - tasksMs, isWanted) },
    { what: 'actions on many', run: (now, isWanted) => pruneTaskBatches(db, now - tasksMs, isWanted) },
  ];
}
