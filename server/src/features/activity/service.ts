import type { ActivityPage } from '@cyclorama/shared/activity.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ActivityFilter, RecordActivityWithin } from '../../store/activity.ts';
import { insertActivity, listActivity } from '../../store/activity.ts';
import type { Database } from '../../store/schema.ts';
import { presentActivity } from './presenter.ts';

export type ActivityService = {
  record: RecordActivity;
  recordWithin: RecordActivityWithin;
  /** Newest first. `nextBefore`: the id to continue from, null at the end. */
  page(filter: ActivityFilter): Promise<ActivityPage>;
};

type Deps = { db: Kysely<Database>; clock: Clock; hub: Pick<EventHub, 'publish'>; logger: Logger };

export function createActivityService({ db, clock, hub, logger }: Deps): ActivityService {
  const recordWithin: RecordActivityWithin = async (within, { actor, action, subject, outcome, detail }) => {
    const row = await insertActivity(within, {
      at: clock.now(),
      actor,
      action,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      subject_name: subject?.name ?? null,
      outcome,
      detail: detail ?? null,
    });
    return () => hub.publish({ type: 'activity', entry: presentActivity(row) });
  };
  return {
    recordWithin,
    async record(note) {
      try {
        const publish = await recordWithin(db, note);
        publish();
      } catch (error) {
        const { action, outcome } = note;
        logger.error({ err: error, action, outcome }, 'an activity entry could not be written');
      }
    },
    async page(filter) {
      const rows = await listActivity(db, { ...filter, limit: filter.limit + 1 });
      const entries = rows.slice(0, filter.limit).map(presentActivity);
      return { entries, nextBefore: rows.length > filter.limit ? (entries.at(-1)?.id ?? null) : null };
    },
  };
}
