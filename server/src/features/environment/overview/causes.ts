import type { Attention } from '@cyclorama/shared/environment.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { listCauses } from '../../../store/object-events.ts';
import type { ObjectEventRow } from '../../../store/object-events.ts';
import type { Database } from '../../../store/schema.ts';
import { presentEvent } from '../life/service.ts';
import type { Found } from './attention.ts';

const WINDOW_MS = 30 * 60_000;
const SHOWN = 2;
const READ = 100;
/** Some changes have no time of the upstream; they are recorded this much later than they were made. */
const SEEN_LATE_MS = 5_000;
/** The overview is asked for by every browser; what was before changes rarely. */
const KEEP_MS = 5_000;
const seenLate: readonly string[] = ['deployment', 'scaling', 'migration', 'setting'];

/** The newest of each kind shortly before one of `times`; an action stands for the restart it asked for. */
function chooseCauses(rows: readonly ObjectEventRow[], times: readonly number[]): ObjectEventRow[] {
  const near = rows.filter(({ at, kind }) => {
    const latest = seenLate.includes(kind) ? SEEN_LATE_MS : 0;
    return times.some((time) => at - time <= latest && time - at <= WINDOW_MS);
  });
  const actedOn = new Set(near.flatMap(({ kind, object_id: id }) => (kind === 'action' ? [id] : [])));
  const kinds = new Set<string>();
  return near
    .filter(({ kind, object_id: id }) => {
      if (kinds.has(kind) || (kind === 'restart' && actedOn.has(id))) return false;
      return kinds.add(kind);
    })
    .slice(0, SHOWN);
}

/** What changed just before, from the recorded life. */
export function createCauses({
  db,
  clock,
  environmentId,
}: {
  db: Kysely<Database>;
  clock: Clock;
  environmentId: () => string | null;
}) {
  let kept = new Map<string, Promise<Attention['before']>>();
  let keptAt = 0;

  const read = async ({ attention, times, serverIds }: Found): Promise<Attention['before']> => {
    if (times.length === 0) return [];
    const range = { from: Math.min(...times) - WINDOW_MS, to: Math.max(...times) + SEEN_LATE_MS };
    const of = [attention.id, ...serverIds, environmentId() ?? []].flat();
    const rows = await listCauses(db, { of, ...range, limit: READ });
    return chooseCauses(rows, times).map(presentEvent);
  };

  return async (found: readonly Found[]): Promise<Attention[]> => {
    if (clock.now() - keptAt > KEEP_MS) {
      kept = new Map();
      keptAt = clock.now();
    }
    const withCauses = found.map(async (each) => {
      const key = `${each.attention.id} ${each.attention.since} ${each.times.length}`;
      const reading = kept.get(key) ?? read(each);
      kept.set(key, reading);
      return { ...each.attention, before: await reading };
    });
    return await Promise.all(withCauses);
  };
}
