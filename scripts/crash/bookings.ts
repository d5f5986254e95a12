import type { Booking } from '../../shared/src/robots.ts';
import { disagreement, launchedTwice, labelOf, unsettled } from './bookings.checks.ts';
import { createProbe, twoRobots } from './bookings.probe.ts';
import { bookingScenes } from './bookings.scenes.ts';
import { becomes, book, end, leave } from './bookings.stage.ts';
import type { Scene, Stage } from './bookings.stage.ts';
import { eventually } from './claims.checks.ts';
import type { Note, Subject } from './subject.ts';

const profiles = ['observed', 'documented'] as const;
/** Robots start in seconds instead of half a minute; the server's own timers run at real speed. */
const speed = 16;
/** A booking that never reached rerobots counts as lost half a minute after it was sent. */
const SETTLE_TIMEOUT_MS = 100_000;
const AGREE_TIMEOUT_MS = 60_000;

const nameIn = (name: string, profile: string): string => `${name} (${profile})`;
const profileOf = (scene: string): string => profiles.find((each) => scene.endsWith(`(${each})`)) ?? '';

/** `npm run crash -- bookings`: the ledger of robot bookings, with a relay before rerobots, as documented and as observed. */
export const bookingsSubject: Subject = {
  relayed: (env) => {
    const url = new URL(env['REROBOTS_API_URL'] ?? '');
    return {
      addresses: [url.hostname],
      port: Number(url.port),
      env: (port) => ({ REROBOTS_API_URL: `http://${url.hostname}:${port}${url.pathname}` }),
    };
  },
  simulatorArgs: (scene) => ['--profile', profileOf(scene), '--speed', String(speed)],
  scenes: profiles.flatMap((profile) => bookingScenes.map(({ name }) => nameIn(name, profile))),
  async play(name, world, random, note) {
    const scene = bookingScenes.find((each) => nameIn(each.name, profileOf(name)) === name);
    if (!scene) throw new Error(`scene: expected one of ${bookingsSubject.scenes.join(', ')}`);
    const probe = await createProbe(world);
    const [taken, free] = await twoRobots(probe);
    const stage: Stage = { world, probe, taken, free, random, speed };
    const before = new Set((await probe.bookings('all')).map(({ id }) => id));
    const mark = world.relay.exchanges.length;

    const bystander = await becomes(stage, await book(stage, taken), 'ready');
    const { about = null, strangers = [] } = await scene.play(stage);
    await world.restart();
    note('the ledger settles', await eventually(() => unsettled(probe), SETTLE_TIMEOUT_MS));

    const bookings = (await probe.bookings('all')).filter(({ id }) => !before.has(id));
    noteOutcome(note, scene, bookings, about, bystander);
    const agreed = await eventually(() => disagreement(probe, strangers), AGREE_TIMEOUT_MS);
    note('bookings, /instances and /reservations agree', agreed);
    const launches = world.relay.exchanges.slice(mark);
    note('nothing is launched twice or orphaned', launchedTwice(launches, bookings));
    await noteEnd(note, stage, strangers);
  },
};

/** Checks the booking under test, and the bystander that was ready throughout. */
function noteOutcome(
  note: Note,
  { ends, name }: Scene,
  bookings: Booking[],
  about: string | null,
  bystander: Booking,
): void {
  const stayed = bookings.find(({ id }) => id === bystander.id);
  const right = name.startsWith('batch') || stayed?.state === 'ready';
  note('the booking that was ready is still ready', right ? null : `it is ${stayed?.state ?? 'not listed'}`);
  if (ends === undefined) return;
  const one = about === null ? bookings[0] : bookings.find(({ id }) => id === about);
  const asExpected = one !== undefined && one.id !== bystander.id && one.state === ends;
  note(`the booking is ${ends}`, asExpected ? null : one ? labelOf(one) : 'it is not listed');
}

/** Ends every booking through the dashboard; then the account holds only what was booked outside it. */
async function noteEnd(note: Note, stage: Stage, strangers: string[]): Promise<void> {
  const { probe } = stage;
  const given = await eventually(async () => {
    const open = (await probe.bookings('open')).filter(({ owner }) => owner !== null);
    for (const { id, state } of open.toSorted(queuedFirst)) {
      // A refused end is tried again in the next round; only what stays open counts.
      if (state === 'queued') await leave(stage, id).catch(() => undefined);
      if (state === 'ready' || state === 'starting') await end(stage, id).catch(() => undefined);
    }
    return open.length === 0 ? null : `still open: ${open.map(labelOf).join(', ')}`;
  }, SETTLE_TIMEOUT_MS);
  note('every booking can be ended', given);
  for (const id of strangers) await probe.robots('POST', `/terminate/${id}`);
  const empty = async (): Promise<string | null> => {
    const { instances, reservations } = await probe.account();
    const left = [...instances, ...reservations].filter((id) => !strangers.includes(id));
    return left.length === 0 ? null : `the account still holds ${left.join(', ')}`;
  };
  note('nothing of ours is left', await eventually(empty, AGREE_TIMEOUT_MS));
}

const queuedFirst = (a: Booking, b: Booking): number =>
  Number(b.state === 'queued') - Number(a.state === 'queued');
