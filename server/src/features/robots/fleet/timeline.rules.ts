import type { RobotTimeline, RobotUse } from '@cyclorama/shared/robot-fleet.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { HandOverRow } from '../../../store/hand-overs.ts';
import { holdersOf } from '../bookings/holders.ts';
import { runsOf } from './queue-course.ts';
import type { QueuePoint } from './queue-course.ts';

type Range = { from: number; to: number };
type Booked = {
  row: Pick<
    BookingRow,
    | 'id'
    | 'owner'
    | 'deployment_id'
    | 'type'
    | 'state'
    | 'requested_at'
    | 'started_at'
    | 'ends_at'
    | 'ended_at'
  >;
  shown: Pick<Booking, 'nickname'>;
};
type HandOver = Pick<HandOverRow, 'booking_id' | 'at' | 'from_owner' | 'to_owner'>;

/** Who waited for and held what within the range, newest first; one for each holder of a booking. */
export function usesOf(booked: readonly Booked[], handOvers: readonly HandOver[], range: Range): RobotUse[] {
  const ofBooking = Map.groupBy(handOvers, ({ booking_id: id }) => id);
  return booked
    .flatMap(({ row, shown }) => [...waitOf(row, shown), ...heldOf(row, shown, ofBooking.get(row.id) ?? [])])
    .filter(({ from, to }) => from < range.to && (to === null || to > range.from))
    .toSorted((a, b) => b.from - a.from || a.bookingId.localeCompare(b.bookingId))
    .map((use) => ({
      ...use,
      from: isoOf(use.from),
      to: use.to === null ? null : isoOf(use.to),
      endsAt: use.endsAt === null ? null : isoOf(use.endsAt),
    }));
}

type Use = Omit<RobotUse, 'from' | 'to' | 'endsAt'> & {
  from: number;
  to: number | null;
  endsAt: number | null;
};

const common = ({ id, deployment_id, type, state }: Booked['row'], { nickname }: Booked['shown']) => ({
  bookingId: id,
  deploymentId: deployment_id,
  type,
  state,
  ...(nickname === undefined ? {} : { nickname }),
});

/** Shorter than this it went straight through. */
const SHORTEST_WAIT_MS = 10_000;

function waitOf(row: Booked['row'], shown: Booked['shown']): Use[] {
  const { requested_at: from, started_at: startedAt, ended_at: endedAt, owner } = row;
  const to = startedAt ?? endedAt;
  if (row.state !== 'queued' && (to === null || to - from < SHORTEST_WAIT_MS)) return [];
  return [{ ...common(row, shown), owner, kind: 'queued', from, to, endsAt: null }];
}

function heldOf(row: Booked['row'], shown: Booked['shown'], handOvers: readonly HandOver[]): Use[] {
  const { started_at: startedAt, ends_at: endsAt } = row;
  if (startedAt === null) return [];
  return holdersOf(row, handOvers).flatMap(({ owner, from, to }) =>
    to !== null && to <= startedAt
      ? []
      : [
          {
            ...common(row, shown),
            owner,
            kind: 'held' as const,
            from: Math.max(startedAt, from),
            to,
            endsAt: to === null ? endsAt : null,
          },
        ],
  );
}

/** Gaps too small to be seen are left out: a part of the range in so many. */
const SEEN_PARTS = 400;

export function busyOf(
  points: readonly QueuePoint[],
  { from, to }: Range,
  now: number,
): RobotTimeline['busy'][number]['spans'] {
  const smallest = (to - from) / SEEN_PARTS;
  const spans: { from: number; to: number }[] = [];
  for (const span of runsOf(points, Math.min(now, to)).flat()) {
    if (span.length === 0 || span.to <= from) continue;
    const last = spans.at(-1);
    if (last !== undefined && span.from - last.to < smallest) last.to = span.to;
    else spans.push({ from: Math.max(from, span.from), to: span.to });
  }
  return spans;
}
