import { minuteTime } from './format.ts';
import { launch } from './lifecycle.ts';
import { empty, ok, refuse } from './reply.ts';
import type { Route } from './route.ts';
import { guarded } from './route.ts';
import type { Deployment, LaunchOptions, Reservation, World } from './world.ts';
import { activeInstance, isReachable, stampNow, waitingFor } from './world.ts';

/** Only the documented profile has queues of a type. */
export function reserve(
  world: World,
  user: string,
  target: Reservation['target'],
  options: LaunchOptions,
): Reservation {
  const id = world.random.uuid();
  // Observed: sshkey, vpn, expire_d and eurl carry over to the instance; keepalive does not.
  const carried = { ...options, keepalive: false };
  const reservation = { id, user, created: stampNow(world), target, options: carried, granted: null };
  world.reservations.set(id, reservation);
  return reservation;
}

/** Launches for the first reservation waiting for a free deployment; the instance has the reservation's id. */
export function dispatch(world: World, deployment: Deployment): void {
  if (deployment.lockout || deployment.dissolved !== null || !isReachable(world, deployment)) return;
  const waiting = waitingFor(world, deployment);
  const first = waiting.find(({ granted }) => granted === null);
  const promised = waiting.some(({ granted }) => granted === deployment.id);
  if (!first || promised || activeInstance(world, deployment)) return;
  first.granted = deployment.id;
  const { id, user, options } = first;
  launch(world, { id, deployment, user, options, fromReservation: true });
}

export function dispatchWhenFreed(world: World): void {
  world.watchers.add(({ status, deployment }) => {
    if (status === 'TERMINATED' || status === 'INIT_FAIL') dispatch(world, deployment);
  });
}

function description(world: World, { target }: Reservation): string {
  if ('type' in target) return `type ${target.type}`;
  return world.profile === 'documented' ? `deployment ${target.deployment}` : `wd:${target.deployment}`;
}

function view(world: World, reservation: Reservation) {
  return {
    id: reservation.id,
    created: minuteTime(reservation.created),
    desc: description(world, reservation),
    user: world.profile === 'observed' ? reservation.user : undefined,
  };
}

export const reservationRoutes: Route[] = [
  guarded('GET', '/reservations', 'bare', ({ world, caller }) => {
    const all = [...world.reservations.values()];
    const mine = all.filter(({ user }) => caller.superuser || user === caller.user);
    return ok({ reservations: mine.map((reservation) => view(world, reservation)) });
  }),
  guarded('DELETE', '/reservation/{id:uuid}', 'bare', ({ world, caller, param }) => {
    const reservation = world.reservations.get(param('id'));
    if (!reservation || reservation.user !== caller.user) throw refuse(404, 'reservation not found');
    world.reservations.delete(reservation.id);
    if (reservation.granted !== null && world.cancelMeetsLaunch) world.cancelledTooLate.add(reservation.id);
    return empty();
  }),
];
