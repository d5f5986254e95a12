import { setTimeout as sleep } from 'node:timers/promises';

import type { Held } from './relay.ts';
import type { CrashWorld } from './worlds.ts';

/**
 * Where in a call the server is killed: the intent is stored and the request has not reached the upstream; the upstream
 * has acted and its answer is held back; the answer's bytes have arrived but are not read or stored.
 */
export type KillPoint = 'request held' | 'answer held' | 'answer handed over';
export const killPoints: readonly KillPoint[] = ['request held', 'answer held', 'answer handed over'];

/** Makes `call` and kills the server when the request whose path ends in `verb` reaches the kill point. */
export async function killDuring(
  world: CrashWorld,
  verb: string,
  killPoint: KillPoint,
  call: () => Promise<unknown>,
): Promise<void> {
  const pending = world.relay.hold(verb, killPoint === 'request held' ? 'request' : 'answer');
  const called = call().then(
    () => new Error(`the call of ${verb} was over before it could be held`),
    (error: unknown) => error,
  );
  const held = await Promise.race([pending, called]);
  if (!('drop' in (held as object))) throw held;
  await killAt(world, killPoint, await pending);
  await called;
}

/** For a call that the server makes by itself some time after `begin`. */
export async function killLater(
  world: CrashWorld,
  verb: string,
  killPoint: KillPoint,
  begin: () => Promise<unknown>,
): Promise<void> {
  const pending = world.relay.hold(verb, killPoint === 'request held' ? 'request' : 'answer');
  await begin();
  await killAt(world, killPoint, await pending);
}

type Busy = { runners: number; longestDelayMs: number; longestLifeMs: number };
const KILLS = 3;

/**
 * Kills the server at random times under concurrent work with random delays; later kills may hit a server that is still
 * recovering. `work` ends with the server.
 */
export async function killDuringWork(
  world: CrashWorld,
  random: () => number,
  { runners, longestDelayMs, longestLifeMs }: Busy,
  work: () => Promise<void>,
): Promise<void> {
  world.relay.delay = () => random() * longestDelayMs;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const under = Array.from({ length: runners }, work);
    await sleep(random() * longestLifeMs);
    await world.kill();
    await Promise.all(under);
    if (kill < KILLS) await world.restart();
  }
  world.relay.delay = () => 0;
}

async function killAt(world: CrashWorld, killPoint: KillPoint, { drop, pass }: Held): Promise<void> {
  if (killPoint === 'answer handed over') {
    await world.freeze();
    await pass();
  }
  await world.kill();
  drop();
}
