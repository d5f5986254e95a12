// `npm run canaries -- [--short]`: plants a value of its own in every secret field of every upstream, then looks for them in all that leaves the server.
import { parseArgs } from 'node:util';

import { exitOnSignals, optionsOrExit } from '../lib/options.ts';
import { askPlatform, bookRobot, change, tryToSignIn } from './acts.ts';
import { callersOf } from './callers.ts';
import { namesOfAll } from './fields.ts';
import { createLooks } from './looks.ts';
import { lookAtPages } from './pages.ts';
import { createCanaries } from './plant.ts';
import { readable } from './reads.ts';
import { startWorld } from './world.ts';

exitOnSignals();
const { values: options } = optionsOrExit(() =>
  parseArgs({ options: { short: { type: 'boolean', default: false } } }),
);
const canaries = createCanaries();
const findings: string[] = [];
let count = 0;

/** The short form leaves out the pages and one of rerobots' two forms. */
for (const profile of options.short ? ['observed'] : ['observed', 'documented']) await play(profile);

async function play(profile: string): Promise<void> {
  const world = await startWorld(canaries, profile);
  try {
    const looks = createLooks(world, canaries);
    const callers = await callersOf(world);
    const scene = { world, looks, canaries, callers };
    const streams = callers.filter(({ role }) => role !== null).map((caller) => looks.watch(caller));
    await tryToSignIn(scene);
    const robot = await bookRobot(scene);
    await change(scene);
    const places = await readable(world, looks, callers, robot);
    const readAll = async (): Promise<void> => {
      for (const caller of callers) await Promise.all(places.map((place) => looks.ask(caller, 'GET', place)));
    };
    await readAll();
    if (!options.short && !(await lookAtPages(world, looks, callers)))
      console.log('✗ no Chromium: the pages were not looked at');
    world.setMode('refuse');
    await change(scene);
    await askPlatform(scene);
    await readAll();
    for (const stream of streams) await stream.end();
    looks.at('the log', world.log());
    for (const [name, content] of world.files()) looks.at(`the store’s file ${name}`, content);
    count += looks.count();
    findings.push(...looks.findings());
  } finally {
    await world.close();
  }
}

const planted = new Set(canaries.all().map(({ name }) => name));
const missing = namesOfAll().filter((name) => !planted.has(name));
for (const name of missing) console.log(`✗ ${name} · no upstream was asked for it`);
for (const finding of findings) console.log(`✗ ${finding}`);
const fields = canaries.all().length;
console.log(`${fields} fields, ${count} looks, ${findings.length} found`);
process.exit(findings.length === 0 && missing.length === 0 && fields > 0 ? 0 : 1);
