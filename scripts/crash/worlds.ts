import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { StorePlace } from '../../server/src/store/read-only.ts';
import { postgresBinaries, startPostgres } from '../../server/src/testing/postgres.fixture.ts';
import { accountOf } from '../lib/accounts.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';
import { type Api, signIn } from '../lib/signed-in.ts';
import { type Relay, type Upstream, startRelay } from './relay.ts';

/** A simulator, a relay before one of its upstreams, and a server that can be killed and started again. */
export type CrashWorld = {
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  readonly storeDir: string;
  /** Where the server's own commands find the store. */
  readonly place: StorePlace;
  readonly relay: Relay;
  readonly api: Api;
  /** From spawning the server to its being ready. */
  readonly longestStartMs: number;
  state(): Promise<unknown>;
  /** SIGSTOP: nothing in the server runs until it is killed. */
  freeze(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts the server over the same store, from now on with `more` variables; rejects where it does not become ready. */
  restart(more?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
};

export type Relayed = Upstream & {
  /** The server's variables with the relay in the upstream's place. */
  env(relayPort: number): Record<string, string>;
};

const stores = ['sqlite', 'postgres'] as const;
type StoreKind = (typeof stores)[number];

export function storeKind(text: string): StoreKind {
  const kind = stores.find((known) => known === text);
  if (kind) return kind;
  throw new Error(`--store: expected ${stores.join(' or ')}, got "${text}"`);
}

type Options = {
  seed: number;
  store: StoreKind;
  /** First port tried for the server. */
  portBase: number;
  relayed: (env: Record<string, string>) => Relayed;
  simulatorArgs?: readonly string[];
};

export const SESSION_SECRET = 'the crash proof’s session secret of the right length';

/** Starts a world on this machine's loopback; it ends with this process at the latest. */
export async function startWorld({
  seed,
  store,
  portBase,
  relayed,
  simulatorArgs = [],
}: Options): Promise<CrashWorld> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-crash-'));
  const endings: (() => void)[] = [() => rmSync(scratch, { recursive: true, force: true })];
  const endAll = () => endings.forEach((end) => end());
  process.once('exit', endAll);
  const dataDir = path.join(scratch, 'data');
  mkdirSync(dataDir);
  const postgres = store === 'postgres' ? await startOwnPostgres() : null;
  endings.push(() => void postgres?.stop());
  const simulator = await startSimulator(
    ['--seed', String(seed), ...simulatorArgs],
    path.join(scratch, 'upstreams.env'),
  );
  endings.push(() => simulator.child.kill('SIGTERM'));
  const upstream = relayed(simulator.env);
  const relay = await startRelay(upstream);
  const port = await freePort(portBase);
  const url = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = {
    ...simulator.env,
    ...upstream.env(relay.port),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
    SESSION_SECRET,
    LOG_LEVEL: 'error',
  };
  const server = createServerProcess(env, url);
  endings.unshift(() => server.end());
  await server.start();
  const api = await signIn(url, accountOf(env, 'operator'));
  return {
    env: simulator.env,
    url,
    storeDir: postgres?.folder ?? dataDir,
    place: { dataDir, databaseUrl: postgres?.url ?? null },
    relay,
    api,
    get longestStartMs() {
      return server.longestStartMs;
    },
    state: async () => (await fetch(`${env['SIM_CONTROL_URL']}/state`)).json(),
    freeze: () => server.freeze(),
    kill: () => server.kill(),
    restart: (more = {}) => {
      Object.assign(env, more);
      return server.start();
    },
    async close() {
      await server.kill();
      await stop(simulator.child);
      await relay.close();
      await postgres?.stop();
      endAll();
      process.off('exit', endAll);
    },
  };
}

async function startOwnPostgres() {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error('--store postgres: no PostgreSQL is installed for this machine');
  return startPostgres(binaries);
}

/** Four servers with a database each may start at once on two cores that others use too. */
const START_PATIENCE_MS = 180_000;

function createServerProcess(env: Record<string, string>, url: string) {
  let child: ChildProcess | undefined;
  let longestStartMs = 0;
  return {
    get longestStartMs() {
      return longestStartMs;
    },
    async start(): Promise<void> {
      const begun = performance.now();
      const started = startNode('server/src/main.ts', [], env, 'server');
      child = started;
      await waitFor('the server', () => answers(`${url}/readyz`), started, START_PATIENCE_MS);
      longestStartMs = Math.max(longestStartMs, performance.now() - begun);
    },
    end: () => child?.kill('SIGKILL'),
    async freeze(): Promise<void> {
      child?.kill('SIGSTOP');
      await waitFor('the server to passes still', () => isStopped(child?.pid ?? 0), child);
    },
    async kill(): Promise<void> {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const STOP_TAKES_MS = 100;

/** True once every thread of the process is stopped; without /proc, after a fixed wait. */
async function isStopped(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return sleep(STOP_TAKES_MS, true);
  return /^\d+ \(.*\) T/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
