import { request } from 'node:http';

import type { Claim, ClaimDetail, ClaimsResponse, FunctionsResponse } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import type { CrashWorld } from './worlds.ts';

export type SeenInstance = {
  id: string;
  container_id: string;
  state: { current: string; changed: string };
};
type PoolState = { id: string; shards: { idle: number; active: string[] }[] };
type ControlState = { functions: PoolState[]; requests: { scheduler: Record<string, number> } };

/** Reads every place that shows a claim: the dashboard's API, each shard, the internal API, the control port. */
export type Probe = ReturnType<typeof createProbe>;

export function createProbe(world: CrashWorld) {
  const { env, api } = world;
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await api.call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    return body as T;
  };
  const addresses = (env['SCHEDULER_ADDRESSES'] ?? '').split(',');
  const { port } = new URL(env['SCHEDULER_URL'] ?? '');

  return {
    addresses,
    claims: async (state: 'open' | 'all'): Promise<Claim[]> =>
      (await get<ClaimsResponse>(`${paths.claims()}?state=${state}&limit=500`)).claims,
    detail: (id: string) => get<ClaimDetail>(paths.claim(id)),
    pools: async () => (await get<FunctionsResponse>(paths.functions())).pools,
    async active(address: string, containerId: string): Promise<Record<string, SeenInstance>> {
      const headers = { 'x-cycle-access-key': env['SCHEDULER_ACCESS_KEY'] ?? '' };
      const response = await fetch(`http://${address}:${port}/v1/functions/${containerId}/active`, {
        headers,
      });
      return ((await response.json()) as { data: Record<string, SeenInstance> }).data;
    },
    async instances(): Promise<SeenInstance[]> {
      const answer = await readSocket(
        env['CYCLE_API_SOCKET'] ?? '',
        '/v1/environment/instances',
        env['CYCLE_API_TOKEN'] ?? '',
      );
      return (JSON.parse(answer) as { data: SeenInstance[] }).data;
    },
    control: async () => (await world.state()) as ControlState,
  };
}

function readSocket(socketPath: string, path: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, headers: { 'x-cycle-token': token } }, (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
        .on('error', reject);
    });
    call.on('error', reject).end();
  });
}
