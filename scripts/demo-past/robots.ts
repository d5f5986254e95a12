import { randomUUID } from 'node:crypto';

import { nothingYet } from '../../server/src/store/bookings.ts';
import type { Store } from '../../server/src/store/database.ts';
import type { BookingState } from '../../shared/src/robots.ts';
import { insertMany } from './insert-many.ts';

/** Change points of a robot's queue, and the sessions of the dashboard's rerobots user on it; epoch milliseconds. */
export type PastRobot = {
  deployment: string;
  type: string;
  region: string;
  queue: { at: number; length: number }[];
  sessions: { instance: string; from: number; to: number }[];
};

/** rerobots knows only the account, so who booked is made up: the owners take turns. */
export async function recordRobots(
  db: Store['db'],
  robots: readonly PastRobot[],
  owners: readonly string[],
): Promise<void> {
  const queues = robots.flatMap(({ deployment, queue }) =>
    queue.map(({ at, length }) => ({ deployment_id: deployment, at, length })),
  );
  await insertMany(db, 'queue_lengths', queues);
  const sessions = robots.flatMap((robot) => robot.sessions.map((session) => ({ robot, ...session })));
  const bookings: Record<string, unknown>[] = [];
  const steps: Record<string, unknown>[] = [];
  for (const [index, { robot, instance, from, to }] of sessions
    .toSorted((a, b) => a.from - b.from)
    .entries()) {
    const owner = owners[index % owners.length] ?? null;
    const readyAt = from + READY_MS;
    const id = randomUUID();
    bookings.push({
      ...nothingYet,
      id,
      owner,
      deployment_id: robot.deployment,
      type: robot.type,
      region: robot.region,
      state: 'terminated' satisfies BookingState,
      upstream_id: instance,
      reserve: 0,
      vpn: 0,
      ssh_public_key: null,
      expires_in_seconds: null,
      requested_at: from - 1_500,
      sent_at: from - 1_400,
      started_at: from,
      ready_at: readyAt,
      ended_at: to,
    });
    steps.push(...stepsOf(id, owner, { from, readyAt, to }));
  }
  await insertMany(db, 'bookings', bookings);
  await insertMany(db, 'booking_transitions', steps);
}

const READY_MS = 28_000;

function stepsOf(
  id: string,
  actor: string | null,
  { from, readyAt, to }: { from: number; readyAt: number; to: number },
) {
  const step = (
    at: number,
    from_state: BookingState | null,
    to_state: BookingState,
    cause: string,
    actor: string | null = null,
  ) => ({ subject_id: id, at, from_state, to_state, actor, cause, answer: null });
  return [
    step(from - 1_500, null, 'requested', 'booking requested', actor),
    step(from, 'requested', 'starting', 'the robot is starting'),
    step(readyAt, 'starting', 'ready', 'the robot is ready'),
    step(to - 5_000, 'ready', 'terminating', 'termination requested', actor),
    step(to, 'terminating', 'terminated', 'rerobots says it has ended'),
  ];
}
