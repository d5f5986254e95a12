// `npm run race -- [--users N]`: N signed-in sessions book one robot at once; no two may own it, and nothing may be lost.
import { parseArgs } from 'node:util';

import { createProbe } from '../crash/bookings.probe.ts';
import { bookingsSubject } from '../crash/bookings.ts';
import { createReport } from '../crash/report.ts';
import { startWorld, storeKind } from '../crash/worlds.ts';
import { type Account, accountOf } from '../lib/accounts.ts';
import { exitOnSignals, optionsOrExit } from '../lib/options.ts';
import { type Api, signIn } from '../lib/signed-in.ts';
import { scenarios, runScenario } from './scenarios.ts';

const profiles = ['observed', 'documented'] as const;
type Profile = (typeof profiles)[number];
/** Robots start in seconds instead of half a minute. */
const speed = 8;
const FIRST_PORT = 24_200;
const PORTS_EACH = 20;
const MOST_USERS = 200;

function readOptions() {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '50' },
      store: { type: 'string', default: 'sqlite' },
      scenario: { type: 'string', default: '' },
    },
  });
  const users = Number(values.users);
  if (Number.isInteger(users) && users >= 2 && users <= MOST_USERS) {
    return { users, store: storeKind(values.store), words: values.scenario };
  }
  throw new Error(`--users: expected a whole number from 2 to ${MOST_USERS}, got "${values.users}"`);
}

/** One by one: the sign-in limit counts those in flight too. */
async function signInAll(url: string, accounts: Account[]): Promise<Api[]> {
  const sessions: Api[] = [];
  for (const account of accounts) sessions.push(await signIn(url, account));
  return sessions;
}

/** Runs the scenarios one after another in one world. */
async function race(profile: Profile, place: number): Promise<void> {
  const world = await startWorld({
    seed: place + 1,
    store,
    portBase: FIRST_PORT + place * PORTS_EACH,
    relayed: bookingsSubject.relayed,
    simulatorArgs: ['--profile', profile, '--speed', String(speed)],
  });
  try {
    const accounts = Array.from({ length: users }, (_, seat) =>
      accountOf(world.env, seat % 2 === 0 ? 'operator' : 'admin'),
    );
    const sessions = await signInAll(world.url, accounts);
    const probe = await createProbe(world);
    for (const scenario of chosen) {
      const label = `${scenario.name} (${profile})`;
      await runScenario(scenario, { world, probe, sessions, profile, speed }, (what, problem) =>
        report.note(label, what, problem),
      ).catch((error: unknown) => report.note(label, 'it can be run', String(error)));
    }
  } finally {
    await world.close();
  }
}

exitOnSignals();

const { users, store, words } = optionsOrExit(readOptions);
const chosen = scenarios.filter(({ name }) => name.includes(words));
const report = createReport((line) => console.log(line));
const begun = performance.now();
await Promise.all(profiles.map(race));
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(
  `\n${users} sessions, ${chosen.length} scenarios, rerobots as documented and as observed, ${seconds} s`,
);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);
