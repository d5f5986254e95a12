import { setTimeout as sleep } from 'node:timers/promises';

import type { BookingState } from '../../shared/src/robots.ts';
import { becomes, book, end, leave, reserve } from './bookings.stage.ts';
import type { Played, Scene, Stage } from './bookings.stage.ts';
import { waitScenes } from './bookings.wait-scenes.ts';
import { killDuringWork, killDuring, killPoints } from './kill-points.ts';
import type { KillPoint } from './kill-points.ts';

type Verb = 'launch' | 'reserve' | 'terminate' | 'cancel';

const settledIn: Record<Verb, Record<KillPoint, BookingState>> = {
  launch: { 'request held': 'lost', 'answer held': 'ready', 'answer handed over': 'ready' },
  reserve: { 'request held': 'lost', 'answer held': 'queued', 'answer handed over': 'queued' },
  terminate: {
    'request held': 'terminated',
    'answer held': 'terminated',
    'answer handed over': 'terminated',
  },
  cancel: { 'request held': 'cancelled', 'answer held': 'cancelled', 'answer handed over': 'cancelled' },
};

export const bookingScenes: readonly Scene[] = [
  ...killPoints.flatMap((killPoint) => [
    sceneOf('launch', killPoint, async (stage) => [`new/${stage.free}`, () => book(stage, stage.free)]),
    sceneOf('reserve', killPoint, async (stage) => [`new/${stage.taken}`, () => reserve(stage, stage.taken)]),
    sceneOf('terminate', killPoint, async (stage) => {
      const { id, instanceId } = await becomes(stage, await book(stage, stage.free), 'ready');
      return [`terminate/${instanceId}`, () => end(stage, id), id];
    }),
    sceneOf('cancel', killPoint, async (stage) => {
      const { id, instanceId } = await becomes(stage, await reserve(stage, stage.taken), 'queued');
      return [`reservation/${instanceId}`, () => leave(stage, id), id];
    }),
  ]),
  {
    name: 'a termination while it starts',
    ends: 'terminated',
    async play(stage) {
      const { id } = await book(stage, stage.free);
      await end(stage, id);
      await stage.world.kill();
      return { about: id };
    },
  },
  { name: 'held back and not sent', ends: 'queued', play: playHeldBack },
  {
    name: 'an instance booked outside the dashboard',
    async play({ probe, world, free }) {
      const { id } = (await probe.robots('POST', `/new/${free}`)) as { id: string };
      await world.kill();
      return { strangers: [id] };
    },
  },
  ...waitScenes,
  { name: 'batch killed at random', play: playBatch },
];

type Prepared = [path: string, call: () => Promise<unknown>, about?: string];

function sceneOf(verb: Verb, killPoint: KillPoint, prepare: (stage: Stage) => Promise<Prepared>): Scene {
  return {
    name: `${verb}, ${killPoint}`,
    ends: settledIn[verb][killPoint],
    async play(stage) {
      const [path, call, about = null] = await prepare(stage);
      await killDuring(stage.world, path, killPoint, call);
      return { about };
    },
  };
}

/** The second of two bookings of one robot waits, unsent, for the first to be answered. */
async function playHeldBack(stage: Stage): Promise<Played> {
  const { world, free } = stage;
  const pending = world.relay.hold(`new/${free}`, 'answer');
  const first = book(stage, free).catch(() => undefined);
  const { drop } = await pending;
  const second = await reserve(stage, free);
  await world.kill();
  drop();
  await first;
  if (second.state !== 'requested') throw new Error(`the second booking was sent: it is ${second.state}`);
  return { about: second.id };
}

const RUNNERS = 4;
const LONGEST_DELAY_MS = 60;
const LONGEST_LIFE_MS = 2_500;

async function playBatch(stage: Stage): Promise<Played> {
  const { world, random } = stage;
  await killDuringWork(
    world,
    random,
    { runners: RUNNERS, longestDelayMs: LONGEST_DELAY_MS, longestLifeMs: LONGEST_LIFE_MS },
    () => workUntilKilled(stage),
  );
  return {};
}

/** Books, queues, terminates and cancels in turn until the server is gone; refusals are ignored. */
async function workUntilKilled(stage: Stage): Promise<void> {
  const { random } = stage;
  const gone = (error: unknown): boolean => !String(error).includes('POST /api/bookings');
  for (;;) {
    try {
      const deploymentId = random() < 0.5 ? stage.taken : stage.free;
      const { id, state } = await (random() < 0.6 ? reserve(stage, deploymentId) : book(stage, deploymentId));
      await sleep(random() * 300);
      if (state === 'queued') await leave(stage, id);
      else await end(stage, id);
    } catch (error) {
      if (gone(error)) return;
      await sleep(50);
    }
  }
}
