import type { Kysely } from 'kysely';

import { insertObjectEvents } from './object-events.ts';
import type { NewObjectEvent, ObjectEventRow } from './object-events.ts';
import type { Database } from './schema.ts';

/** Two replicas that saw the same change noted it within this long of each other. */
const SAME_WITHIN_MS = 60_000;
const MOST_REMEMBERED = 50_000;

type Stored = Pick<ObjectEventRow, 'id' | 'object_id' | 'kind' | 'value_before' | 'value_after' | 'at'>;
type Life = { stored: Stored[]; newest: number };

const lifeOf = ({ object_id: id, kind }: Pick<NewObjectEvent, 'object_id' | 'kind'>): string =>
  `${kind} ${id}`;

/**
 * Stores each change once, whichever replicas saw it. Where the upstream has no time that tells it apart, its key is its
 * predecessor in the life of its object: of two replicas that write the next event at once, one finds the key taken, and
 * whoever comes later finds the event after the last one it wrote or found itself.
 */
export function createObjectEventWriter(db: Kysely<Database>) {
  /** By life: the id of the last event this process wrote or found to be its own. */
  const reached = new Map<string, number>();

  const reach = (life: string, id: number): void => {
    reached.delete(life);
    reached.set(life, id);
    if (reached.size <= MOST_REMEMBERED) return;
    const [oldest] = reached.keys();
    if (oldest !== undefined) reached.delete(oldest);
  };

  const read = async (rows: readonly NewObjectEvent[]): Promise<Map<string, Life>> => {
    const ids = [...new Set(rows.map((row) => row.object_id))];
    const kinds = [...new Set(rows.map((row) => row.kind))];
    const from = Math.min(...rows.map((row) => row.at)) - SAME_WITHIN_MS;
    const ofThem = db.selectFrom('object_events').where('object_id', 'in', ids).where('kind', 'in', kinds);
    const newest = await ofThem
      .select((of) => ['object_id', 'kind', of.fn.max('id').as('id')] as const)
      .groupBy(['object_id', 'kind'])
      .execute();
    const stored = await ofThem
      .select(['id', 'object_id', 'kind', 'value_before', 'value_after', 'at'])
      .where('at', '>=', from)
      .orderBy('id')
      .execute();
    const lives = new Map<string, Life>();
    for (const row of newest) lives.set(lifeOf(row), { stored: [], newest: row.id });
    for (const row of stored) lives.get(lifeOf(row))?.stored.push(row);
    return lives;
  };

  /** One event of each life; returns those that are still to be written. */
  const round = async (rows: readonly NewObjectEvent[]): Promise<NewObjectEvent[]> => {
    const lives = await read(rows);
    const later: NewObjectEvent[] = [];
    const firsts = new Map<string, NewObjectEvent>();
    for (const row of rows) {
      const life = lifeOf(row);
      const found = firsts.has(life) ? undefined : same(lives.get(life), row, reached.get(life) ?? 0);
      if (found !== undefined) reach(life, found.id);
      else if (firsts.has(life)) later.push(row);
      else firsts.set(life, row);
    }
    const keyed = [...firsts].map(([life, row]) => ({
      ...row,
      natural_key: `${life} after ${lives.get(life)?.newest ?? 0}`,
    }));
    const written = await insertObjectEvents(db, keyed);
    for (const { natural_key: key, ...row } of keyed) {
      const id = written.get(key);
      if (id === undefined) later.unshift({ ...row, natural_key: null });
      else reach(lifeOf(row), id);
    }
    return later;
  };

  return async (rows: readonly NewObjectEvent[]): Promise<void> => {
    const keyed = rows.flatMap(({ natural_key: key, ...row }) =>
      key === null ? [] : [{ ...row, natural_key: key }],
    );
    await insertObjectEvents(db, keyed);
    let left = rows.filter((row) => row.natural_key === null);
    while (left.length > 0) left = await round(left);
  };
}

function same(life: Life | undefined, row: NewObjectEvent, after: number): Stored | undefined {
  return life?.stored.find(
    (each) =>
      each.id > after &&
      each.value_before === row.value_before &&
      each.value_after === row.value_after &&
      Math.abs(each.at - row.at) <= SAME_WITHIN_MS,
  );
}
