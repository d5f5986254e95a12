import { expect, it } from 'vitest';

import type { Json } from '../simulator.fixture.ts';
import { cycle, exchange, startStill } from '../simulator.fixture.ts';
import type { ServerSocket } from './server-sockets.ts';

const at = ({ socketPath, token }: ServerSocket, path: string, headers = { 'x-cycle-token': token }) =>
  exchange({ socketPath, path }, { headers });

it('tells on each server about that server only, and together about every running instance', async () => {
  const simulator = await startStill();
  const others: ServerSocket[] = JSON.parse(simulator.env.SIM_SERVERS ?? '');
  const { world } = simulator.live;
  expect(others.map(({ serverId }) => serverId).toSorted()).toEqual(
    [...world.servers.keys()].filter((id) => id !== world.self.serverId).toSorted(),
  );
  const measured = new Set<string>();
  const own = (await cycle(simulator, '/v1/server/instances/telemetry')).json.data;
  for (const row of own) measured.add(row.instance_id);
  for (const other of others) {
    expect((await at(other, '/v1/server')).json.data).toMatchObject({
      id: other.serverId,
      hostname: other.hostname,
    });
    const rows: Json[] = (await at(other, '/v1/server/instances/telemetry')).json.data;
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ stats }) => stats.server_id))).toEqual(new Set([other.serverId]));
    for (const row of rows) measured.add(row.instance_id);
  }
  const running = [...world.instances.values()].filter(
    ({ state, containerId }) => state === 'running' && !world.containers.get(containerId)?.telemetryDisabled,
  );
  expect(running.filter(({ id }) => !measured.has(id))).toEqual([]);
});

it('takes the token of its own server only, and is gone while the server is off', async () => {
  const simulator = await startStill();
  const [other]: ServerSocket[] = JSON.parse(simulator.env.SIM_SERVERS ?? '');
  if (other === undefined) throw new Error('expected another server');
  const foreign = { 'x-cycle-token': simulator.env.CYCLE_API_TOKEN ?? '' };
  expect((await at(other, '/v1/server', foreign)).status).toBe(401);
  const server = simulator.live.world.servers.get(other.serverId);
  if (server === undefined) throw new Error('expected the server');
  simulator.live.power.off(server);
  await expect(at(other, '/v1/server')).rejects.toThrow('socket hang up');
});
