// `npm run crash -- <subject>`: kills the server at every step and checks from outside that nothing was lost.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { exitOnSignals, optionsOrExit } from '../lib/options.ts';
import { seeded, shuffled } from '../lib/random.ts';
import { bookingsSubject } from './bookings.ts';
import { claimsSubject } from './claims.ts';
import { createReport } from './report.ts';
import { storeSubject } from './store.ts';
import type { Subject } from './subject.ts';
import { type CrashWorld, startWorld, storeKind } from './worlds.ts';

const subjects: Record<string, Subject> = {
  bookings: bookingsSubject,
  claims: claimsSubject,
  store: storeSubject,
};
const usage = `usage: npm run crash -- <subject> [--rounds N] [--seed S] [--worlds N] [--store sqlite|postgres] [--scene WORDS]…
subjects: ${Object.keys(subjects).join(', ')}`;

/** First port that a world's server tries, and the distance between worlds. */
const FIRST_PORT = 24_000;
const PORTS_EACH = 20;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      worlds: { type: 'string', default: String(Math.min(4, availableParallelism() * 2)) },
      store: { type: 'string', default: 'sqlite' },
      scene: { type: 'string', multiple: true, default: [''] },
    },
  });
  const subject = subjects[positionals[0] ?? ''];
  if (!subject) throw new Error(usage);
  return {
    subject,
    rounds: wholeNumber('--rounds', values.rounds, 10_000),
    seed: wholeNumber('--seed', values.seed, 4_294_967_295),
    worlds: wholeNumber('--worlds', values.worlds, 4),
    store: storeKind(values.store),
    scenes: values.scene,
  };
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${flag}: expected a whole number from 1 to ${most}, got "${text}"`);
}

type Turn = { scene: string; round: number; random: () => number };

/** Plays scenes in one world; a failure replaces the world by a fresh one. */
async function playInWorld(place: number, subject: Subject, turns: Turn[]): Promise<void> {
  const argsOf = ({ scene }: Turn) => subject.simulatorArgs?.(scene) ?? [];
  const start = (simulatorArgs: readonly string[]) =>
    startWorld({
      seed: place + 1,
      store: options.store,
      portBase: FIRST_PORT + place * PORTS_EACH,
      relayed: subject.relayed,
      simulatorArgs,
    });
  let world: CrashWorld | undefined;
  let args = turns[place] ? argsOf(turns[place]) : [];
  const next = (): Turn | undefined => {
    const same = turns.findIndex((turn) => argsOf(turn).join() === args.join());
    return turns.splice(Math.max(0, same), 1)[0];
  };
  try {
    for (let turn = next(); turn; turn = next()) {
      const { scene, round, random } = turn;
      if (argsOf(turn).join() !== args.join()) {
        await world?.close();
        world = undefined;
        args = argsOf(turn);
      }
      const label = options.rounds > 1 ? `${scene} (round ${round})` : scene;
      const failedBefore = report.failed;
      try {
        world ??= await start(args);
        await subject.play(scene, world, random, (what, problem) => report.note(label, what, problem));
      } catch (error) {
        report.note(label, 'it can be played', error instanceof Error ? error.message : String(error));
      }
      longestStartMs = Math.max(longestStartMs, world?.longestStartMs ?? 0);
      if (report.failed > failedBefore && world) {
        await world.close();
        world = undefined;
      }
    }
  } finally {
    if (world) await world.close();
  }
}

exitOnSignals();

let longestStartMs = 0;
const options = optionsOrExit(readOptions);
const report = createReport((line) => console.log(line));
const random = seeded(options.seed);
const turns = Array.from({ length: options.rounds }, (_, round) =>
  shuffled(options.subject.scenes, random)
    .filter((scene) => options.scenes.some((words) => scene.includes(words)))
    .map((scene): Turn => ({ scene, round: round + 1, random: seeded(Math.floor(random() * 2 ** 32)) })),
).flat();
const played = turns.length;
const begun = performance.now();
await Promise.all(
  Array.from({ length: Math.min(options.worlds, turns.length) }, (_, place) =>
    playInWorld(place, options.subject, turns),
  ),
);
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
const longest = (longestStartMs / 1000).toFixed(1);
console.log(`\n${played} scenes, seed ${options.seed}, ${seconds} s, longest start ${longest} s`);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);
