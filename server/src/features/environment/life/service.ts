import type { ObjectEvent, ObjectEventsPage } from '@cyclorama/shared/object-events.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { countRestarts, listObjectEvents } from '../../../store/object-events.ts';
import type { ObjectEventRow, ObjectEventsFilter } from '../../../store/object-events.ts';
import type { Database } from '../../../store/schema.ts';

const DAY_MS = 86_400_000;

export function presentEvent(row: ObjectEventRow): ObjectEvent {
  return {
    id: row.id,
    time: isoOf(row.at),
    ended: row.ended_at === null ? null : isoOf(row.ended_at),
    of: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    kind: row.kind,
    before: row.value_before,
    after: row.value_after,
    outcome: row.outcome,
    by: row.actor,
    detail: row.detail,
  };
}

export function createLifeService({ db, clock }: { db: Kysely<Database>; clock: Clock }) {
  return {
    async page({
      limit,
      from,
      to,
      ...query
    }: Omit<ObjectEventsFilter, 'from' | 'to'> & { from?: string; to?: string }): Promise<ObjectEventsPage> {
      const within = {
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(to !== undefined && { to: Date.parse(to) }),
      };
      const rows = await listObjectEvents(db, { ...query, ...within, limit: limit + 1 });
      const events = rows.slice(0, limit).map(presentEvent);
      return { events, nextBefore: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
    },
    restartsInDay: (instanceId: string): Promise<number> =>
      countRestarts(db, instanceId, clock.now() - DAY_MS),
  };
}
