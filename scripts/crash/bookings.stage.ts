import { paths } from '../../shared/src/paths.ts';
import type { Booking, BookingState } from '../../shared/src/robots.ts';
import type { Probe } from './bookings.probe.ts';
import { post, waitForState } from './calls.ts';
import type { CrashWorld } from './worlds.ts';

export type Stage = {
  world: CrashWorld;
  probe: Probe;
  /** Two robots of one type: a booking holds the first throughout, the second is free. */
  taken: string;
  free: string;
  random: () => number;
  /** How much faster than the server's the simulator's clock runs. */
  speed: number;
};

export type Played = {
  /** The booking under test; null: the newest one. */
  about?: string | null;
  /** Instances booked outside the dashboard. */
  strangers?: string[];
};

/** A scene: what is done up to the kill, and the state in which the booking under test must end. */
export type Scene = {
  name: string;
  play(stage: Stage): Promise<Played>;
  ends?: BookingState;
};

export function book({ world }: Stage, deploymentId: string): Promise<Booking> {
  return post(world, paths.bookings(), { deploymentId, sshPublicKey });
}

export function reserve({ world }: Stage, deploymentId: string): Promise<Booking> {
  return post(world, paths.bookings(), { deploymentId, sshPublicKey, reserve: true });
}

const sshPublicKey = `ssh-ed25519 ${'A'.repeat(68)} crash@proof`;

export function end({ world }: Stage, id: string): Promise<Booking> {
  return post(world, paths.bookingTerminate(id), {});
}

export function leave({ world }: Stage, id: string): Promise<Booking> {
  return post(world, paths.bookingCancel(id), {});
}

export function becomes({ probe }: Stage, { id }: Booking, state: BookingState): Promise<Booking> {
  return waitForState(`booking ${id}`, state, async () =>
    (await probe.bookings('all')).find((booking) => booking.id === id),
  );
}
