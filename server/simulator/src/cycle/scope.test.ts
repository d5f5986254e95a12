import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import type { Simulator } from '../index.ts';
import { control, cycle, startStill } from '../simulator.fixture.ts';

const PARTS = {
  '/v1/container': 'self',
  '/v1/environment/instances': 'environment',
  '/v1/hub': 'environment',
  '/v1/server/instances/telemetry': 'server',
  '/v1/sdn/networks': 'networks',
} as const;

const refusedPaths = async (simulator: Simulator) => {
  const refused: string[] = [];
  for (const path of Object.keys(PARTS))
    if ((await cycle(simulator, path)).status === 403) refused.push(path);
  return refused;
};

const dial = ({ env }: Simulator) =>
  new Promise<number | 'open'>((resolve) => {
    const socket = new WebSocket(`ws+unix:${env.CYCLE_API_SOCKET}:/v1/notifications`, {
      headers: { 'x-cycle-token': env.CYCLE_API_TOKEN ?? '' },
    });
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
  });

describe('a container whose internal API is scoped', () => {
  it('is refused what its scope leaves out, by name, and its configuration tells the scope', async () => {
    const simulator = await startStill({ scenario: 'scoped' });
    expect(await refusedPaths(simulator)).toEqual(['/v1/server/instances/telemetry', '/v1/sdn/networks']);
    expect((await cycle(simulator, '/v1/sdn/networks')).json).toEqual({
      data: null,
      error: {
        status: 403,
        code: '403.permissions',
        title: 'Permissions',
        detail: 'config.runtime.internal_api.scope: expected networks, this container has self, environment',
      },
    });
    expect(await dial(simulator)).toBe(403);
    const { runtime } = (await cycle(simulator, '/v1/container')).json.data.config;
    expect(runtime.internal_api).toEqual({ scope: ['self', 'environment'] });
  });

  it.each(['self', 'environment', 'server', 'networks'] as const)(
    'gets at %s with that scope alone',
    async (scope) => {
      const simulator = await startStill();
      simulator.happen({ kind: 'scope.set', scope: [scope] });
      const others = Object.entries(PARTS).filter(([, needed]) => needed !== scope);
      expect(await refusedPaths(simulator)).toEqual(others.map(([path]) => path));
    },
  );

  it('is let in again when the scope is lifted over the control port', async () => {
    const simulator = await startStill();
    const set = (scope: unknown) =>
      control(simulator, '/events', { method: 'POST', body: { kind: 'scope.set', scope } });
    expect((await set(['notifications'])).status).toBe(200);
    expect(await refusedPaths(simulator)).toEqual(Object.keys(PARTS));
    expect(await dial(simulator)).toBe('open');
    expect((await set(null)).status).toBe(200);
    expect(await refusedPaths(simulator)).toEqual([]);
    expect((await cycle(simulator, '/v1/container')).json.data.config.runtime).not.toHaveProperty(
      'internal_api',
    );
    expect((await set(['everything'])).json.error).toContain('scope');
  });
});
