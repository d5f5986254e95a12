// `npm run replicas [-- --short]`: three replicas on one PostgreSQL behind a proxy stay one product while one is killed,
// PostgreSQL is cut off, and one is paused.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { paths } from '../../shared/src/paths.ts';
import type { Booking, DeploymentsResponse } from '../../shared/src/robots.ts';
import type { Topology } from '../../shared/src/topology.ts';
import { createReport } from '../crash/report.ts';
import { accountOf } from '../lib/accounts.ts';
import { exitOnSignals, optionsOrExit } from '../lib/options.ts';
import { waitFor } from '../lib/processes.ts';
import { signIn } from '../lib/signed-in.ts';
import type { Api } from '../lib/signed-in.ts';
import { alertedOnce, ruleOfUnhealthy } from './alerts.ts';
import { bookingsAreWhole, claimsAreWhole, detectedOnce, pageIsRight, recordIsWhole } from './checks.ts';
import { startLoad } from './load.ts';
import { openPage } from './page.ts';
import { gapIn, samplesAreWhole, storedSamples } from './samples.ts';
import { startWorld } from './world.ts';
import type { Replica, World } from './world.ts';

const TAKEN_OVER_MS = 15_000;
const RIGHT_AGAIN_MS = 60_000;
const TRIES = 5;
const sshPublicKey = `ssh-ed25519 ${'A'.repeat(68)} replicas@proof`;

exitOnSignals();
const { short } = optionsOrExit(
  () => parseArgs({ options: { short: { type: 'boolean', default: false } } }).values,
);
const report = createReport((line) => console.log(line));
const begun = performance.now();
const world = await startWorld();
try {
  await prove(world);
} finally {
  await world.close();
}
console.log(`\nthree replicas, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exit(report.failed > 0 || report.passed === 0 ? 1 : 0);

async function prove({ url, env, replicas, cut }: World): Promise<void> {
  const api = await signIn(url, accountOf(env, 'operator'));
  const pages = replicas.map((replica) => openPage(replica.url, api));
  const behindProxy = openPage(url, api);
  await Promise.all([...pages, behindProxy].map((page) => page.ready));
  const load = startLoad(api, env['SIM_FUNCTION_CONTAINER'] ?? '');
  const instances = await healthyInstances(api);
  const robots = await freeRobots(api);
  const rule = await ruleOfUnhealthy(api);
  const unwell: string[] = [];
  const booked: string[] = [];

  /** The world went on since they were chosen: one that no longer runs is passed over. */
  const makeUnwell = async (): Promise<string> => {
    for (let id = instances.shift(); id !== undefined; id = instances.shift()) {
      const isDone = await world.control('/events', { kind: 'instance.unhealthy', id }).then(
        () => true,
        () => false,
      );
      if (isDone) return id;
    }
    throw new Error('expected an instance that runs, for one to fall ill');
  };

  /** While `fault` goes on, instances fall ill and a robot is booked. */
  const during = async (scene: string, fault: () => Promise<void>): Promise<void> => {
    const samples = await storedSamples(world);
    const faulty = fault().catch((error: unknown) =>
      report.note(scene, 'it can be played', error instanceof Error ? error.message : String(error)),
    );
    unwell.push(await makeUnwell());
    const robot = robots.shift();
    const booking = robot === undefined ? null : await book(api, robot);
    if (booking !== null) booked.push(booking);
    await faulty;
    // What is compared must stand still: a page learns of a change some time after a list tells it.
    await load.pause();
    await holds(scene, 'every page is right again by itself', RIGHT_AGAIN_MS, async () => {
      for (const page of [...pages, behindProxy]) {
        const problem = await pageIsRight(page, api);
        if (problem !== null) return problem;
      }
      return null;
    });
    load.goOn();
    await holds(scene, 'claims are whole', RIGHT_AGAIN_MS, () => claimsAreWhole(api, load));
    await holds(scene, 'bookings are whole', RIGHT_AGAIN_MS, () => bookingsAreWhole(api, booked));
    await holds(scene, 'what all detect is on record once', RIGHT_AGAIN_MS, () =>
      detectedOnce(world, unwell),
    );
    await holds(scene, 'each alert is there once and fires', RIGHT_AGAIN_MS, () =>
      alertedOnce(world, rule, unwell),
    );
    report.note(scene, 'every stored sample is there once', await samplesAreWhole(world, samples));
    report.note(scene, 'the record has no gap', await recordIsWhole(world));
  };

  await during('nothing happens', async () => {
    await sleep(short ? 3_000 : 10_000);
    // The newest may be on its way.
    const late = [...load.granted]
      .slice(0, -1)
      .map(([id, at]) =>
        Math.max(...pages.map((page) => (page.toldAt(id) ?? Number.POSITIVE_INFINITY) - at)),
      );
    const worst = Math.max(...late);
    report.note(
      'nothing happens',
      `a claim is on every page within a second (${late.length} claims, at most ${worst} ms)`,
      worst <= 1_000 ? null : `it took ${worst} ms`,
    );
  });

  await during('the leader is killed', async () => {
    const { leader, took } = await takeOver((replica) => replica.kill());
    report.note(
      'the leader is killed',
      `another leads within 15 s (${took} ms)`,
      took < TAKEN_OVER_MS ? null : `${took} ms`,
    );
    await leader.start();
  });

  if (!short) {
    await during('the leader is paused for 30 s', async () => {
      const { leader, took } = await takeOver(async (replica) => replica.signal('SIGSTOP'));
      report.note(
        'the leader is paused for 30 s',
        `another leads within 15 s (${took} ms)`,
        took < TAKEN_OVER_MS ? null : `${took} ms`,
      );
      const { term } = await leadership();
      await sleep(Math.max(0, 30_000 - took));
      leader.signal('SIGCONT');
      await sleep(5_000);
      report.note(
        'the leader is paused for 30 s',
        'the one that wakes up does not lead',
        (await leadership()).term === term ? null : 'the term changed',
      );
    });
  }

  await during('PostgreSQL is cut off', async () => {
    const cutAt = Date.now();
    cut.cut();
    await sleep(short ? 3_000 : 20_000);
    cut.mend();
    const mendedAt = Date.now();
    await holds('PostgreSQL is cut off', 'one leads again within 15 s', TAKEN_OVER_MS, async () =>
      (await connectedLeader()) === null ? 'nobody leads' : null,
    );
    await holds('PostgreSQL is cut off', 'what was measured meanwhile is stored', RIGHT_AGAIN_MS, () =>
      gapIn(world, { from: cutAt, to: mendedAt }),
    );
  });

  await load.stop();
  report.note(
    'at the end',
    `nothing was refused for good (${load.granted.size} claims)`,
    load.refused[0] ?? null,
  );
  for (const page of [...pages, behindProxy]) page.close();
}

/** Ends the leader's leadership; resolves once another has it, with how long that took. */
async function takeOver(end: (leader: Replica) => Promise<void>): Promise<{ leader: Replica; took: number }> {
  const before = await leadership();
  const leader = await leadingReplica(before.leader);
  const at = Date.now();
  await end(leader);
  await waitFor('another leader', async () => (await leadership()).term !== before.term, undefined, 60_000);
  return { leader, took: Date.now() - at };
}

async function leadership(): Promise<{ leader: string; term: number }> {
  const [row] = await world.query<{ leader: string; term: number }>('select leader, term from leadership');
  if (row === undefined) throw new Error('there is no row of leadership');
  return row;
}

/** Null while no session holds the lock. */
async function connectedLeader(): Promise<string | null> {
  const held = await world.query(`select 1 from pg_locks where locktype = 'advisory' and granted`);
  return held.length === 0 ? null : (await leadership()).leader;
}

/** An event stream's `hello` names the process. */
async function leadingReplica(epoch: string): Promise<Replica> {
  for (const replica of world.replicas) {
    const api = await insist(() => signIn(replica.url, accountOf(world.env, 'viewer')));
    const ended = new AbortController();
    const { headers } = api;
    const answer = await insist(() =>
      fetch(`${replica.url}${paths.events()}`, { headers, signal: ended.signal }),
    );
    let text = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('"epoch"')) break;
    }
    ended.abort();
    if (text.includes(`"epoch":"${epoch}"`)) return replica;
  }
  throw new Error(`no replica is ${epoch}`);
}

/** A kept connection may be closed by the server just as it is used again. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(200);
    }
  }
}

async function healthyInstances(api: Api): Promise<string[]> {
  const { body } = await api.call('GET', paths.topology());
  return (body as Topology).nodes.flatMap((node) =>
    node.kind === 'instance' && node.health === 'healthy' ? [node.id] : [],
  );
}

async function freeRobots(api: Api): Promise<string[]> {
  let found: string[] = [];
  await waitFor('robots', async () => {
    const { body } = await api.call('GET', `${paths.deployments()}?types=basic_kobuki`);
    found = (body as DeploymentsResponse).deployments.flatMap(({ id, queueLength }) =>
      queueLength === 0 ? [id] : [],
    );
    return found.length > 0;
  });
  return found;
}

/** Asks again under one key until it is answered; null where it was refused. */
async function book(api: Api, deploymentId: string): Promise<string | null> {
  const idempotencyKey = randomUUID();
  for (const until = Date.now() + RIGHT_AGAIN_MS; Date.now() < until; await sleep(500)) {
    const answer = await api
      .call('POST', paths.bookings(), { deploymentId, sshPublicKey }, { idempotencyKey, timeoutMs: 15_000 })
      .catch(() => ({ status: 503, body: null }));
    if (answer.status === 201) return (answer.body as Booking).id;
    if (answer.status < 500) return null;
  }
  return null;
}

async function holds(
  scene: string,
  what: string,
  withinMs: number,
  check: () => Promise<string | null>,
): Promise<void> {
  let problem: string | null = 'not looked at';
  for (const until = Date.now() + withinMs; problem !== null && Date.now() < until;) {
    problem = await check().catch((error: unknown) => String(error));
    if (problem !== null) await sleep(200);
  }
  report.note(scene, what, problem);
}
