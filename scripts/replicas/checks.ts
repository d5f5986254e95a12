import type { Claim, ClaimsResponse } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Booking, BookingsResponse } from '../../shared/src/robots.ts';
import type { Api } from '../lib/signed-in.ts';
import type { Load } from './load.ts';
import type { Page } from './page.ts';
import type { World } from './world.ts';

/** Null where it holds; otherwise what was seen instead. */
type Problem = string | null;

export async function claimsOf(api: Api, state: 'open' | 'all'): Promise<Claim[]> {
  const all: Claim[] = [];
  for (let before = ''; ;) {
    const { status, body } = await api.call('GET', `${paths.claims()}?state=${state}&limit=500${before}`);
    if (status !== 200) throw new Error(`claims answered ${status}`);
    const { claims, nextBefore } = body as ClaimsResponse;
    all.push(...claims);
    if (nextBefore === null) return all;
    before = `&before=${nextBefore}`;
  }
}

/** Every claim that was answered is there, and none that nobody was told of. */
export async function claimsAreWhole(api: Api, load: Load): Promise<Problem> {
  const stored = new Set((await claimsOf(api, 'all')).map(({ id }) => id));
  const lost = [...load.granted.keys()].filter((id) => !stored.has(id));
  const open = await claimsOf(api, 'open');
  const held = open.map(({ instanceId }) => instanceId).filter((id) => id !== null);
  if (lost.length > 0) return `${lost.length} of ${load.granted.size} are not stored`;
  if (new Set(held).size !== held.length) return 'two open claims hold one instance';
  if (stored.size > load.granted.size + load.refused.length)
    return `${stored.size} are stored, ${load.granted.size} were granted and ${load.refused.length} refused`;
  return null;
}

export async function pageIsRight(page: Page, api: Api): Promise<Problem> {
  const told = [...page.shown()]
    .map((entry) => entry.join())
    .toSorted()
    .join();
  const open = await claimsOf(api, 'open');
  const truth = open
    .map(({ id, state }) => `${id},${state}`)
    .toSorted()
    .join();
  return told === truth ? null : `it shows ${told || 'none'}, not ${truth || 'none'}`;
}

export async function bookingsAreWhole(api: Api, booked: readonly string[]): Promise<Problem> {
  const { body } = await api.call('GET', `${paths.bookings()}?state=all`);
  const { bookings } = body as BookingsResponse;
  const mine = bookings.filter(({ owner }: Booking) => owner !== null).map(({ id }) => id);
  const lost = booked.filter((id) => !mine.includes(id));
  if (lost.length > 0) return `${lost.length} of ${booked.length} are not stored`;
  return mine.length === booked.length ? null : `${mine.length} are stored, ${booked.length} were booked`;
}

/** Each entry of what all replicas detect, once. */
export async function detectedOnce(world: World, instanceIds: readonly string[]): Promise<Problem> {
  const rows = await world.query<{ subject_id: string; count: number }>(
    `select subject_id, count(*) as count from activity where action = 'instance.health' group by subject_id`,
  );
  const counts = new Map(rows.map(({ subject_id: id, count }) => [id, count]));
  const wrong = instanceIds.filter((id) => counts.get(id) !== 1);
  return wrong.length === 0 ? null : wrong.map((id) => `${counts.get(id) ?? 0} entries of ${id}`).join(', ');
}

/** No claim, booking or entry on record is there twice, and the record has no gap. */
export async function recordIsWhole(world: World): Promise<Problem> {
  const [row] = await world.query<{ count: number; least: number; most: number; head: number }>(
    `select count(*) as count, min(id) as least, max(id) as most, (select entries from activity_head) as head from activity`,
  );
  if (row === undefined) return 'there is none';
  return row.most - row.least + 1 === row.count && row.most === row.head
    ? null
    : `${row.count} entries from ${row.least} to ${row.most}, head ${row.head}`;
}
