import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { connectPostgres } from '../../server/src/store/postgres.ts';
import { postgresBinaries, startPostgres } from '../../server/src/testing/postgres.fixture.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';
import { startBalancer } from './balancer.ts';
import { startCut } from './cut.ts';

const FIRST_PORT = 24_400;
const COUNT = 3;

type ServerSocket = { socketPath: string; token: string };
export type Replica = {
  url: string;
  start(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
};
export type World = Awaited<ReturnType<typeof startWorld>>;

/** Three replicas, each on a simulated server of its own, behind a proxy on one PostgreSQL that can be cut off. */
export async function startWorld() {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error('replicas: no PostgreSQL is installed for this machine');
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-replicas-'));
  const postgres = await startPostgres(binaries);
  const cut = await startCut(path.join(postgres.folder, '.s.PGSQL.5432'));
  // What is made ill stays so: a world with a life of its own heals it by a deployment, or falls ill by itself.
  const simulator = await startSimulator(
    ['--scenario', 'still', '--speed', '8'],
    path.join(scratch, 'upstreams.env'),
  );
  const { env } = simulator;
  const sockets: ServerSocket[] = [
    { socketPath: env['CYCLE_API_SOCKET'] ?? '', token: env['CYCLE_API_TOKEN'] ?? '' },
    ...(JSON.parse(env['SIM_SERVERS'] ?? '[]') as ServerSocket[]),
  ];
  const replicas: Replica[] = [];
  for (let place = 0; place < COUNT; place += 1) {
    const port = await freePort(FIRST_PORT + place * 10);
    const at = sockets[place % sockets.length];
    replicas.push(
      createReplica(port, {
        ...env,
        CYCLE_API_SOCKET: at?.socketPath ?? '',
        CYCLE_API_TOKEN: at?.token ?? '',
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: path.join(scratch, `data-${place}`),
        DATABASE_URL: `postgres://postgres@127.0.0.1:${cut.port}/postgres`,
        SESSION_SECRET: 'the session secret that all replicas share in this proof',
        LOG_LEVEL: 'error',
      }),
    );
  }
  // The first migrates; the others find it done.
  for (const replica of replicas) await replica.start();
  const balancer = await startBalancer(replicas.map(({ url }) => Number(new URL(url).port)));
  const database = await connectPostgres(postgres.url, 30_000, { warn: () => undefined });
  const end = (): void => rmSync(scratch, { recursive: true, force: true });

  return {
    env,
    url: balancer.url,
    replicas,
    cut,
    /** Where the store is, beside what can be cut off. */
    place: { dataDir: scratch, databaseUrl: postgres.url },
    /** Beside what can be cut off. */
    query: async <T>(sql: string): Promise<T[]> => (await database.query(sql)).rows as T[],
    async control(path_: string, body: object): Promise<void> {
      const headers = { 'content-type': 'application/json' };
      const asked = { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${env['SIM_CONTROL_URL']}${path_}`, asked);
      if (!answer.ok)
        throw new Error(`the simulator refused ${JSON.stringify(body)}: ${await answer.text()}`);
    },
    async close() {
      balancer.close();
      for (const replica of replicas) await replica.kill();
      await database.end();
      await stop(simulator.child);
      await cut.close();
      await postgres.stop();
      end();
    },
  };
}

function createReplica(port: number, env: Record<string, string>): Replica {
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  return {
    url,
    async start() {
      const started = startNode('server/src/main.ts', [], env, `replica ${port}`);
      child = started;
      await waitFor('a replica', () => answers(`${url}/readyz`), started, 120_000);
    },
    signal: (signal) => void child?.kill(signal),
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
