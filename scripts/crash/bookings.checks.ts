import type { Booking } from '../../shared/src/robots.ts';
import type { Probe } from './bookings.probe.ts';
import type { Problem } from './claims.checks.ts';
import type { Exchange } from './relay.ts';

const onTheirWay = ['requested', 'starting', 'terminating'];

/** Null once no booking is changing its state or has a requested change. */
export async function unsettled(probe: Probe): Promise<Problem> {
  const moving = (await probe.bookings('open')).filter(
    ({ state, terminationRequested }) => onTheirWay.includes(state) || terminationRequested,
  );
  return moving.length === 0 ? null : `still changing: ${moving.map(labelOf).join(', ')}`;
}

/** Open bookings match the account's two lists one to one; only `strangers` are unclaimed. */
export async function disagreement(probe: Probe, strangers: string[]): Promise<Problem> {
  const open = await probe.bookings('open');
  const account = await probe.account();
  const held = open.flatMap(({ state, instanceId }) => (state === 'ready' ? (instanceId ?? 'none') : []));
  const waiting = open.flatMap(({ state, instanceId }) => (state === 'queued' ? (instanceId ?? 'none') : []));
  if (!sameSet(held, account.instances))
    return `bookings hold ${list(held)}, /instances lists ${list(account.instances)}`;
  if (!sameSet(waiting, account.reservations))
    return `bookings wait as ${list(waiting)}, /reservations lists ${list(account.reservations)}`;
  const unowned = open.flatMap(({ owner, instanceId }) => (owner === null ? (instanceId ?? 'none') : []));
  return sameSet(unowned, strangers)
    ? null
    : `unclaimed are ${list(unowned)}, booked outside were ${list(strangers)}`;
}

/**
 * Every launch that reached rerobots belongs to one booking, and its result to at most one. Where a busy type takes no
 * reservations, the server queues for one deployment instead, so refused launches are not counted.
 */
export function launchedTwice(exchanges: readonly Exchange[], bookings: Booking[]): Problem {
  const launches = exchanges.filter(
    ({ path, passed, status }) => passed && path.includes('/new/') && (status === null || status < 400),
  );
  const made = bookings.filter(({ owner }) => owner !== null);
  if (launches.length > made.length)
    return `${launches.length} launches were sent for ${made.length} bookings`;
  const given = launches.flatMap(({ answer }) => (answer as { id?: string } | null)?.id ?? []);
  const owned = made.flatMap(({ instanceId }) => instanceId ?? []);
  const twice = owned.filter((id, place) => owned.indexOf(id) !== place);
  if (twice.length > 0) return `two bookings for ${list(twice)}`;
  const nobodys = given.filter((id) => !owned.includes(id));
  return nobodys.length === 0 ? null : `no booking owns ${list(nobodys)}`;
}

export function labelOf({ id, state }: Pick<Booking, 'id' | 'state'>): string {
  return `${id} (${state})`;
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function list(ids: string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}
