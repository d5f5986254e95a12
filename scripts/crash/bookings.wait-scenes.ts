import { paths } from '../../shared/src/paths.ts';
import type { Booking } from '../../shared/src/robots.ts';
import { accountOf } from '../lib/accounts.ts';
import { signIn } from '../lib/signed-in.ts';
import { becomes, book, end, leave, reserve } from './bookings.stage.ts';
import type { Played, Scene, Stage } from './bookings.stage.ts';
import { eventually } from './claims.checks.ts';

/** Longer than the server once waited, at the simulator's speed. */
const LATE_LAUNCH_SECONDS = 36;

/** What rerobots has accepted and doesn't show: its worker is slow, or the token is of another account. */
export const waitScenes: readonly Scene[] = [
  {
    name: 'a launch that rerobots carries out late',
    ends: 'ready',
    async play(stage) {
      const { id } = await launchLate(stage, () => book(stage, stage.free));
      await stage.world.kill();
      return { about: id };
    },
  },
  {
    name: 'a termination before rerobots has created the instance',
    ends: 'terminated',
    async play(stage) {
      const { id } = await launchLate(stage, () => book(stage, stage.free));
      const { state } = await end(stage, id);
      await stage.world.kill();
      if (state !== 'starting') throw new Error(`the booking is ${state} before it has an instance`);
      return { about: id };
    },
  },
  { name: 'a cancellation that met the launch', ends: 'terminated', play: playMetLaunch },
  { name: 'a token of another account for a while', ends: 'terminated', play: playOtherAccount },
];

/** Only what `call` launches is late. */
async function launchLate<T>(stage: Stage, call: () => Promise<T>): Promise<T> {
  await stage.probe.happen({ kind: 'launch.delay', ms: LATE_LAUNCH_SECONDS * 1_000 * stage.speed });
  try {
    return await call();
  } finally {
    await stage.probe.happen({ kind: 'launch.delay' });
  }
}

const CAUGHT_WITHIN_MS = 90_000;

/** The place in the queue is left when its launch is with the worker, and launched all the same. */
async function playMetLaunch(stage: Stage): Promise<Played> {
  const { world, probe, free } = stage;
  const holder = await becomes(stage, await book(stage, free), 'ready');
  const queued = await reserve(stage, free);
  await stage.probe.happen({ kind: 'reservation.cancel-meets-launch' });
  try {
    const left = await launchLate(stage, async () => {
      await end(stage, holder.id);
      await becomes(stage, holder, 'terminated');
      return leave(stage, queued.id);
    });
    if (left.state !== 'cancelled') throw new Error(`the booking that left the queue is ${left.state}`);
    await world.kill();
    await world.restart();
    const problem = await eventually(async () => {
      const now = (await probe.bookings('all')).find(({ id }) => id === queued.id);
      return now?.state === 'cancelled' ? 'the robot of a cancelled booking is not caught' : null;
    }, CAUGHT_WITHIN_MS);
    if (problem !== null) throw new Error(problem);
    await world.kill();
  } finally {
    await stage.probe.happen({ kind: 'reservation.cancel-meets-launch', on: false });
  }
  return { about: queued.id };
}

const WAITS_WITHIN_MS = 20_000;

/** The end of a robot is requested while the token can't see it, and carried out with one that can. */
async function playOtherAccount(stage: Stage): Promise<Played> {
  const { world, probe } = stage;
  const ready = await becomes(stage, await book(stage, stage.free), 'ready');
  await useTokenOf(stage, 'orchard-lab');
  await world.kill();
  await world.restart();
  const waiting = async (): Promise<string | null> => {
    const open = (await probe.bookings('open')).filter(({ owner }) => owner !== null);
    const unaware = open.filter((one) => !one.waiting?.message.includes('orchard-lab'));
    return open.length > 1 && unaware.length === 0 ? null : `${open.length} open, ${unaware.length} unaware`;
  };
  const problem = await eventually(waiting, WAITS_WITHIN_MS);
  if (problem !== null) throw new Error(`bookings don't wait for their account: ${problem}`);
  const { state, terminationRequested }: Booking = await end(stage, ready.id);
  if (state !== 'ready' || !terminationRequested) throw new Error(`an end that must wait is ${state}`);
  await world.kill();
  await world.restart();
  await useTokenOf(stage);
  await world.kill();
  return { about: ready.id };
}

async function useTokenOf({ world, probe }: Stage, user?: string): Promise<void> {
  const token = await probe.issueToken(user);
  const admin = await signIn(world.url, accountOf(world.env, 'admin'));
  const refused = await admin.call('PUT', paths.robotAccountToken(), { token });
  if (refused.status !== 409) throw new Error(`a token of another account was answered ${refused.status}`);
  const set = await admin.call('PUT', paths.robotAccountToken(), { token, confirm: 'use another account' });
  if (set.status !== 200) throw new Error(`setting a token answered ${set.status}`);
}
