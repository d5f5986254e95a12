import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import { accountOf } from '../lib/accounts.ts';
import { root } from '../lib/processes.ts';
import { signIn } from '../lib/signed-in.ts';

export type Side = {
  name: string;
  /** Plays `rounds` rounds, `concurrency` at a time; returns one sentence per failure. */
  play(rounds: number, concurrency: number): Promise<string[]>;
  close(): Promise<void>;
};

/** The part of undici's Pool in use; undici is a dependency of the server, not of the scripts. */
type Pool = {
  request(options: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string;
  }): Promise<{ statusCode: number; body: { text(): Promise<string> } }>;
  close(): Promise<void>;
};
type Undici = { Pool: new (origin: string, options: { connections: number }) => Pool };

const { Pool } = createRequire(`${root}/server/package.json`)('undici') as Undici;
type Batch = { id: string; endedAt: string | null; failures: { reason: string; count: number }[] };

const variables = { CASE: 'bench' };
/** Interval of the checks whether a batch is over; its end is taken from its own record. */
const POLL_MS = 100;

async function get<T>(pool: Pool, path: string, headers: Record<string, string>): Promise<T> {
  const answer = await pool.request({ method: 'GET', path, headers });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`GET ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

async function post(
  pool: Pool,
  path: string,
  headers: Record<string, string>,
  body: object,
): Promise<unknown> {
  const sent = { ...headers, 'content-type': 'application/json' };
  const answer = await pool.request({ method: 'POST', path, headers: sent, body: JSON.stringify(body) });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`POST ${path}: ${answer.statusCode} ${text.slice(0, 300)}`);
  return JSON.parse(text) as unknown;
}

function byRounds(round: () => Promise<void>): Side['play'] {
  return async (rounds, concurrency) => {
    const failures: string[] = [];
    let left = rounds;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        await round().catch((error: unknown) => failures.push(String(error)));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return failures;
  };
}

/** Only the scheduler's three calls, at one shard, with a new token each round. */
export function bareSide(env: Record<string, string>, connections: number): Side {
  const { port } = new URL(env['SCHEDULER_URL'] ?? '');
  const pool = new Pool(`http://${env['SCHEDULER_ADDRESSES']}:${port}`, { connections });
  const headers = { 'x-cycle-access-key': env['SCHEDULER_ACCESS_KEY'] ?? '' };
  const at = `/v1/functions/${env['SIM_FUNCTION_CONTAINER']}`;
  return {
    name: 'bare client',
    play: byRounds(async () => {
      const token = randomBytes(24).toString('base64url');
      const claim = await post(pool, `${at}/claim`, headers, { token });
      const held = { token, instance_id: (claim as { data: { instance_id: string } }).data.instance_id };
      const runtime = { environment_variables: variables };
      await post(pool, `${at}/spawn`, headers, { ...held, runtime_variables: runtime });
      await post(pool, `${at}/release`, headers, held);
    }),
    close: () => pool.close(),
  };
}

/** Reads the event stream as an open page does; returns a function that closes it. */
async function openStream(url: string, headers: Record<string, string>): Promise<() => void> {
  const page = new AbortController();
  const { body } = await fetch(`${url}${paths.events()}`, { headers, signal: page.signal });
  void body?.pipeTo(new WritableStream()).catch(() => undefined);
  return () => page.abort();
}

/**
 * The same through the dashboard's API, with a page open: as one batch, in three calls a round, or with claim and spawn
 * in one.
 */
export async function dashboardSides(
  url: string,
  env: Record<string, string>,
  connections: number,
): Promise<Side[]> {
  const pool = new Pool(url, { connections });
  const { headers } = await signIn(url, accountOf(env, 'operator'));
  const closeStream = await openStream(url, headers);
  const containerId = env['SIM_FUNCTION_CONTAINER'] ?? '';
  const call = async (path: string, body: object, state: string): Promise<string> => {
    const claim = (await post(pool, path, headers, body)) as { id: string; state: string };
    if (claim.state !== state) throw new Error(`POST ${path}: expected ${state}, got ${claim.state}`);
    return claim.id;
  };
  const batch = async (count: number, concurrency: number): Promise<string[]> => {
    const order = {
      containerId,
      count,
      concurrency,
      environmentVariables: variables,
      releaseAfterSeconds: 0,
    };
    const { id } = (await post(pool, paths.claimBatches(), headers, order)) as Batch;
    for (;;) {
      const now = await get<Batch>(pool, paths.claimBatch(id), headers);
      if (now.endedAt === null) await sleep(POLL_MS);
      else return now.failures.flatMap((failure) => Array<string>(failure.count).fill(failure.reason));
    }
  };
  return [
    {
      name: 'dashboard: one batch',
      play: batch,
      close: async () => {
        closeStream();
        await pool.close();
      },
    },
    {
      name: 'dashboard: claim, spawn, release',
      play: byRounds(async () => {
        const id = await call(paths.claims(), { containerId }, 'claimed');
        await call(paths.claimSpawn(id), { environmentVariables: variables }, 'running');
        await call(paths.claimRelease(id), {}, 'released');
      }),
      close: async () => undefined,
    },
    {
      name: 'dashboard: run, release',
      play: byRounds(async () => {
        const body = { containerId, spawn: { environmentVariables: variables } };
        const id = await call(paths.claims(), body, 'running');
        await call(paths.claimRelease(id), {}, 'released');
      }),
      close: async () => undefined,
    },
  ];
}
