import { paths } from '../../shared/src/paths.ts';
import type { Booking } from '../../shared/src/robots.ts';
import { disagreement, launchedTwice, labelOf, unsettled } from '../crash/bookings.checks.ts';
import { twoRobots } from '../crash/bookings.probe.ts';
import type { Probe } from '../crash/bookings.probe.ts';
import { eventually } from '../crash/claims.checks.ts';
import type { Note } from '../crash/subject.ts';
import type { CrashWorld } from '../crash/worlds.ts';
import type { Api } from '../lib/signed-in.ts';
import { askAll } from './ask.ts';
import type { Answer } from './ask.ts';
import { countOf, unclear, watchOwners } from './outcomes.ts';

export type Track = {
  world: CrashWorld;
  probe: Probe;
  sessions: Api[];
  profile: 'observed' | 'documented';
  /** How much faster than the server's the simulator's clock runs. */
  speed: number;
};

type Counts = Record<'owner' | 'queued' | 'refused', number>;

/** What every session asks for at once, and how many may get which outcome. */
export type Scenario = {
  name: string;
  /** The body of one session's booking; `robots` are the two of the type. */
  body(seat: number, robots: [string, string]): object;
  /** Someone else with the account's token books the first robot directly at rerobots just before. */
  rival?: boolean;
  /** rerobots creates the first instance only so long after its `success`, in the server's time. */
  launchDelayMs?: number;
  /** Every place in the queue is left while the next in it is already being launched, which one cancel meets. */
  isLeftInLaunch?: boolean;
  /** Every request is sent twice at once, under one `Idempotency-Key`. */
  twice?: boolean;
  expected(users: number): Counts;
};

const type = 'basic_kobuki';
/** Longer than the half minute after which nothing is found of a launch that was not answered. */
const LATE_LAUNCH_MS = 36_000;

/** By deployment and by type, with a place in the queue and without, and against a rival in the 404 window. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'one robot, nobody queues',
    body: (_, [deploymentId]) => ({ deploymentId }),
    expected: (users) => ({ owner: 1, queued: 0, refused: users - 1 }),
  },
  {
    name: 'one robot, everybody queues',
    body: (_, [deploymentId]) => ({ deploymentId, reserve: true }),
    expected: (users) => ({ owner: 1, queued: users - 1, refused: 0 }),
  },
  {
    name: 'one type of two robots, nobody queues',
    body: () => ({ type }),
    expected: (users) => ({ owner: 2, queued: 0, refused: users - 2 }),
  },
  {
    name: 'one type of two robots, everybody queues',
    body: () => ({ type, reserve: true }),
    expected: (users) => ({ owner: 2, queued: users - 2, refused: 0 }),
  },
  {
    name: 'one robot, everybody sends twice and queues',
    body: (_, [deploymentId]) => ({ deploymentId, reserve: true }),
    twice: true,
    expected: (users) => ({ owner: 1, queued: users - 1, refused: 0 }),
  },
  {
    name: 'one robot, booked just before by someone outside the dashboard',
    body: (_, [deploymentId]) => ({ deploymentId }),
    rival: true,
    expected: (users) => ({ owner: 0, queued: 0, refused: users }),
  },
  {
    name: 'one robot that rerobots launches late, nobody queues',
    body: (_, [deploymentId]) => ({ deploymentId }),
    launchDelayMs: LATE_LAUNCH_MS,
    expected: (users) => ({ owner: 1, queued: 0, refused: users - 1 }),
  },
  {
    name: 'one robot, everybody queues and leaves while the next is launched',
    body: (_, [deploymentId]) => ({ deploymentId, reserve: true }),
    isLeftInLaunch: true,
    expected: (users) => ({ owner: 1, queued: users - 1, refused: 0 }),
  },
];

const sshPublicKey = `ssh-ed25519 ${'A'.repeat(68)} race@proof`;
const SETTLE_TIMEOUT_MS = 120_000;
/** The server looks for unclaimed instances every 30 s. */
const AGREE_TIMEOUT_MS = 60_000;

export async function runScenario(scenario: Scenario, track: Track, note: Note): Promise<void> {
  const { world, probe, sessions } = track;
  const robots = await twoRobots(probe);
  const before = new Set((await probe.bookings('all')).map(({ id }) => id));
  const mark = world.relay.exchanges.length;
  const owners = watchOwners(sessions);
  const strangers = scenario.rival ? [await rivalBooks(probe, robots[0])] : [];
  const bodyOf = (seat: number): object => ({ ...scenario.body(seat, robots), sshPublicKey });
  const answers = await launchingLate(track, scenario.launchDelayMs ?? null, () =>
    askAll(sessions, bodyOf, scenario.twice),
  );
  note('everyone settles', await eventually(() => unsettled(probe), SETTLE_TIMEOUT_MS));
  const made = (await probe.bookings('all')).filter(({ id, owner }) => !before.has(id) && owner !== null);
  const perSession = `${made.length} bookings for ${answers.length} sessions`;
  note('every session has one booking', made.length === answers.length ? null : perSession);
  noteOutcomes(note, scenario, answers, made);
  const agreed = await eventually(() => disagreement(probe, strangers), AGREE_TIMEOUT_MS);
  note('bookings, /instances and /reservations agree: no orphan', agreed);
  const launches = world.relay.exchanges.slice(mark);
  note('nothing is launched twice', launchedTwice(launches, made));
  if (scenario.isLeftInLaunch) await leaveInLaunch(track, made, note);
  note('every booking can be ended', await eventually(() => endAll(track), SETTLE_TIMEOUT_MS));
  for (const id of strangers) await probe.robots('POST', `/terminate/${id}`);
  note('nothing is left', await eventually(() => nothingLeft(probe), AGREE_TIMEOUT_MS));
  note('nobody ever saw two owners of one robot', await owners.end());
}

/** Only what `call` launches is late. */
async function launchingLate<T>(
  { probe, speed }: Track,
  delayMs: number | null,
  call: () => Promise<T>,
): Promise<T> {
  if (delayMs === null) return call();
  await probe.happen({ kind: 'launch.delay', ms: delayMs * speed });
  try {
    return await call();
  } finally {
    await probe.happen({ kind: 'launch.delay' });
  }
}

/** One robot is launched for a cancelled booking: it stays that booking's, and is ended without anyone asking again. */
async function leaveInLaunch(track: Track, made: Booking[], note: Note): Promise<void> {
  const { probe, sessions } = track;
  const [, admin] = sessions;
  if (!admin) throw new Error('expected two sessions at least');
  const stateOf = async (): Promise<Map<string, Booking>> =>
    new Map((await probe.bookings('all')).map((booking) => [booking.id, booking]));
  const holder = made.find(({ state }) => state === 'ready');
  await probe.happen({ kind: 'reservation.cancel-meets-launch' });
  await launchingLate(track, LATE_LAUNCH_MS, async () => {
    await admin.call('POST', paths.bookingTerminate(holder?.id ?? ''), {});
    const isOver = async (): Promise<string | null> =>
      (await stateOf()).get(holder?.id ?? '')?.state === 'terminated' ? null : 'the holder keeps its robot';
    note('the holder gives it back', await eventually(isOver, SETTLE_TIMEOUT_MS));
    const queued = made.filter(({ state }) => state === 'queued');
    await Promise.all(queued.map(({ id }) => admin.call('POST', paths.bookingCancel(id), {})));
  });
  const isCaught = async (): Promise<string | null> => {
    const now = await stateOf();
    const states = made.map(({ id }) => now.get(id)?.state);
    const count = (state: Booking['state']): number => states.filter((each) => each === state).length;
    const [ended, left] = [count('terminated'), count('cancelled')];
    return ended === 2 && left === made.length - 2 ? null : `${ended} terminated, ${left} cancelled`;
  };
  note(
    'the robot that a cancel met is its booking’s, and ended',
    await eventually(isCaught, SETTLE_TIMEOUT_MS),
  );
  await probe.happen({ kind: 'reservation.cancel-meets-launch', on: false });
}

async function rivalBooks(probe: Probe, deploymentId: string): Promise<string> {
  return ((await probe.robots('POST', `/new/${deploymentId}`)) as { id: string }).id;
}

function noteOutcomes(note: Note, scenario: Scenario, answers: Answer[], made: Booking[]): void {
  const users = answers.length;
  note('everyone owns it, is queued, or was refused with a reason', unclear(answers, made));
  const expected = scenario.expected(users);
  const counted = countOf(answers, made);
  const same = (['owner', 'queued', 'refused'] as const).every((each) => counted[each] === expected[each]);
  const words = ({ owner, queued, refused }: Counts): string =>
    `${owner} own, ${queued} queued, ${refused} refused`;
  note(words(expected), same ? null : words(counted));
}

/** Leaves queues first: otherwise a terminated robot goes to the next in the queue. Null once no booking is open. */
async function endAll({ probe, sessions: [, admin] }: Track): Promise<string | null> {
  if (!admin) throw new Error('expected two sessions at least');
  const open = (await probe.bookings('open')).filter(({ owner }) => owner !== null);
  const queued = open.filter(({ state }) => state === 'queued');
  await Promise.all(queued.map(({ id }) => admin.call('POST', paths.bookingCancel(id), {})));
  if (queued.length === 0) {
    const held = open.filter(({ state }) => state === 'ready' || state === 'starting');
    await Promise.all(held.map(({ id }) => admin.call('POST', paths.bookingTerminate(id), {})));
  }
  return open.length === 0 ? null : `still open: ${open.map(labelOf).join(', ')}`;
}

async function nothingLeft(probe: Probe): Promise<string | null> {
  const { instances, reservations } = await probe.account();
  const left = [...instances, ...reservations];
  const shown = (await probe.bookings('open')).map(labelOf);
  if (left.length > 0) return `the account still holds ${left.join(', ')}`;
  return shown.length === 0 ? null : `still shown: ${shown.join(', ')}`;
}
