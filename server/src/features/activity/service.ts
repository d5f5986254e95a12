import type { activityQuery, ActivityPage } from '@cyclorama/shared/activity.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import type { ActivityFilter } from '../../store/activity.ts';
import { listActivity } from '../../store/activity.ts';
import type { Database } from '../../store/schema.ts';
import { presentActivity, searchedFor } from './presenter.ts';

type Query = Partial<z.output<typeof activityQuery>> & { limit: number };

export type ActivityService = {
  /** Newest first, as `reader` may see it. `nextBefore`: the id to continue from, null at the end. */
  page(query: Query, reader?: Role): Promise<ActivityPage>;
};

export function createActivityService({ db }: { db: Kysely<Database> }): ActivityService {
  return {
    async page({ limit, before, ...filter }, reader = 'viewer') {
      const rows = await listActivity(db, { ...filterOf(filter, reader), before, limit: limit + 1 });
      const entries = rows.slice(0, limit).map((row) => presentActivity(row, reader));
      return { entries, nextBefore: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
    },
  };
}

export function filterOf(
  { from, to, ...query }: Omit<Query, 'limit' | 'before'>,
  reader: Role,
): ActivityFilter {
  return {
    ...query,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    searched: searchedFor(reader),
  };
}
