import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

import { paths } from '../../shared/src/paths.ts';
import { root } from '../lib/processes.ts';
import { signIn } from '../lib/signed-in.ts';

/** One claim→spawn→release round; rejects where any call is refused. */
export type Side = { name: string; round(): Promise<void>; close(): Promise<void> };

/** The few parts of undici's pool that are used; it is installed for the server, not for the scripts. */
type Pool = {
  request(options: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
  }): Promise<{ statusCode: number; body: { text(): Promise<string> } }>;
  close(): Promise<void>;
};
type Undici = { Pool: new (origin: string, options: { connections: number }) => Pool };

const { Pool } = createRequire(`${root}/server/package.json`)('undici') as Undici;
const variables = { CASE: 'bench' };

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

/** The three calls of the scheduler's API at one shard, with a token of its own each round, and nothing else. */
export function bareSide(env: Record<string, string>, connections: number): Side {
  const { port } = new URL(env['SCHEDULER_URL'] ?? '');
  const pool = new Pool(`http://${env['SCHEDULER_ADDRESSES']}:${port}`, { connections });
  const headers = { 'x-cycle-access-key': env['SCHEDULER_ACCESS_KEY'] ?? '' };
  const at = `/v1/functions/${env['SIM_FUNCTION_CONTAINER']}`;
  return {
    name: 'bare client',
    async round() {
      const token = randomBytes(24).toString('base64url');
      const claim = await post(pool, `${at}/claim`, headers, { token });
      const held = { token, instance_id: (claim as { data: { instance_id: string } }).data.instance_id };
      const runtime = { environment_variables: variables };
      await post(pool, `${at}/spawn`, headers, { ...held, runtime_variables: runtime });
      await post(pool, `${at}/release`, headers, held);
    },
    close: () => pool.close(),
  };
}

/** The same through the dashboard's API: in three calls, or with claim and spawn in one. */
export async function dashboardSides(
  url: string,
  env: Record<string, string>,
  connections: number,
): Promise<Side[]> {
  const pool = new Pool(url, { connections });
  const { headers } = await signIn(url, env['SIM_OPERATOR'] ?? '');
  const containerId = env['SIM_FUNCTION_CONTAINER'] ?? '';
  const call = async (path: string, body: object, state: string): Promise<string> => {
    const claim = (await post(pool, path, headers, body)) as { id: string; state: string };
    if (claim.state !== state) throw new Error(`POST ${path}: expected ${state}, got ${claim.state}`);
    return claim.id;
  };
  return [
    {
      name: 'dashboard: claim, spawn, release',
      async round() {
        const id = await call(paths.claims(), { containerId }, 'claimed');
        await call(paths.claimSpawn(id), { environmentVariables: variables }, 'running');
        await call(paths.claimRelease(id), {}, 'released');
      },
      close: () => pool.close(),
    },
    {
      name: 'dashboard: run, release',
      async round() {
        const body = { containerId, spawn: { environmentVariables: variables } };
        const id = await call(paths.claims(), body, 'running');
        await call(paths.claimRelease(id), {}, 'released');
      },
      close: async () => undefined,
    },
  ];
}
