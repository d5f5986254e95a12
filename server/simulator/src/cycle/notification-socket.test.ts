import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import type { Simulator } from '../index.ts';
import { containerId, control, cycle, instancesOf, startStill } from '../simulator.fixture.ts';

const dial = ({ env }: Simulator, path: string, token = env.CYCLE_API_TOKEN) => {
  const socket = new WebSocket(`ws+unix:${env.CYCLE_API_SOCKET}:${path}`, {
    headers: token === undefined ? {} : { 'x-cycle-token': token },
  });
  onTestFinished(() => socket.terminate());
  return socket;
};

const refusal = (socket: WebSocket) =>
  new Promise<number | undefined>((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('open', () => reject(new Error('it opened')));
    socket.on('error', () => undefined);
  });

describe('the notification socket', () => {
  it.each(['/v1/notifications', '/'])('tells of every change on %s, ids and states only', async (path) => {
    const simulator = await startStill({ scenario: 'empty' });
    const socket = dial(simulator, path);
    await once(socket, 'open');
    const heard: { topic: string; object: object; context: object }[] = [];
    socket.on('message', (bytes: Buffer) => heard.push(JSON.parse(bytes.toString())));
    const { instanceId, containerId: own } = simulator.live.world.self;
    await control(simulator, '/events', { method: 'POST', body: { kind: 'instance.stop', id: instanceId } });
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    expect(heard[0]).toMatchObject({
      topic: 'container.instance.state.changed',
      object: { id: instanceId, state: 'stopping', state_previous: 'running' },
      context: {
        label: null,
        hub_id: simulator.env.CYCLE_HUB_ID,
        environments: [simulator.live.world.environment.id],
        clusters: ['production'],
        containers: [own],
      },
    });
  });

  it('has flags and annotations as the official client types them: an object, or no key at all', async () => {
    const simulator = await startStill({ scenario: 'empty' });
    const socket = dial(simulator, '/v1/notifications');
    await once(socket, 'open');
    const heard: { topic: string; flags: object; annotations?: object }[] = [];
    socket.on('message', (bytes: Buffer) => heard.push(JSON.parse(bytes.toString())));
    simulator.happen({ kind: 'instance.stop', id: simulator.live.world.self.instanceId });
    simulator.happen({ kind: 'notify', topic: 'hub.something.new' });
    await expect.poll(() => heard.map(({ topic }) => topic)).toContain('hub.something.new');
    for (const { flags } of heard) expect(flags).toEqual({});
    const [instance, plain] = [heard[0], heard.at(-1)];
    expect(instance?.annotations).toEqual({ health: 'healthy', ready: 'ready' });
    expect(plain).not.toHaveProperty('annotations');
  });

  it('refuses an upgrade without the token, and another path', async () => {
    const simulator = await startStill();
    expect(await refusal(dial(simulator, '/v1/notifications', 'wrong'))).toBe(401);
    expect(await refusal(dial(simulator, '/v2/elsewhere'))).toBe(404);
  });

  it('speaks of other environments and of unknown topics now and then', async () => {
    const simulator = await startStill();
    const topics = new Set<string>();
    const environments = new Set<string>();
    simulator.live.bus.onNotification((notification) => {
      topics.add(notification.topic);
      for (const id of notification.environmentIds ?? []) environments.add(id);
    });
    simulator.advance(1_200_000);
    expect(topics).toContain('hub.fleet-pilot.beacon_seen');
    expect(environments).toContain(simulator.live.world.otherEnvironments[0]?.id);
  });

  it('is cut by a drop-websocket fault and then lets clients in again', async () => {
    const simulator = await startStill();
    const socket = dial(simulator, '/v1/notifications');
    await once(socket, 'open');
    simulator.fail({ api: 'cycle', kind: 'drop-websocket', count: 1 });
    await once(socket, 'close');
    await once(dial(simulator, '/v1/notifications'), 'open');
    expect((await control(simulator, '/state')).json.websockets).toBe(1);
  });

  it('accepts and stays silent, open sockets too, without a pong, while REST works', async () => {
    const simulator = await startStill({ scenario: 'empty' });
    const older = dial(simulator, '/v1/notifications');
    await once(older, 'open');
    const undo = simulator.fail({ api: 'cycle', kind: 'silent-websocket' });
    const newer = dial(simulator, '/v1/notifications');
    await once(newer, 'open');
    const heard: string[] = [];
    for (const socket of [older, newer]) {
      socket.on('message', () => heard.push('message'));
      socket.on('pong', () => heard.push('pong'));
      socket.ping();
    }
    simulator.happen({ kind: 'notify', topic: 'hub.something.new' });
    expect((await cycle(simulator, '/v1/hub')).status).toBe(200);
    await sleep(150);
    expect(heard).toEqual([]);
    undo();
    simulator.happen({ kind: 'notify', topic: 'hub.something.new' });
    await expect.poll(() => heard.toSorted()).toEqual(['message', 'message', 'pong', 'pong']);
  });

  it.each([undefined, '{"data":null}'])('sends garbage instead of notifications: %s', async (body) => {
    const simulator = await startStill({ scenario: 'empty' });
    const heard: string[] = [];
    const listen = async () => {
      const socket = dial(simulator, '/v1/notifications');
      socket.on('message', (bytes: Buffer) => heard.push(bytes.toString()));
      await once(socket, 'open');
    };
    await listen();
    const undo = simulator.fail({
      api: 'cycle',
      kind: 'garbage-websocket',
      ...(body === undefined ? {} : { body }),
    });
    await listen();
    simulator.happen({ kind: 'notify', topic: 'hub.something.new' });
    await expect.poll(() => heard.length).toBe(4);
    expect(new Set(heard)).toEqual(new Set([body ?? 'not JSON \u0000']));
    undo();
    simulator.happen({ kind: 'notify', topic: 'hub.something.new' });
    await expect.poll(() => heard.length).toBe(6);
    expect(heard.at(-1)).toContain('hub.something.new');
  });

  it('never answers the handshake of a socket while its API hangs', async () => {
    const simulator = await startStill({ scenario: 'empty' });
    simulator.fail({ api: 'cycle', kind: 'hang' });
    const socket = dial(simulator, '/v1/notifications');
    const settled: string[] = [];
    for (const event of ['open', 'error', 'close']) socket.on(event, () => settled.push(event));
    await sleep(150);
    expect(settled).toEqual([]);
  });
});

describe('a migration', () => {
  it('puts a new instance on another server and deletes the old one', async () => {
    const simulator = await startStill({ scenario: 'queue-full' });
    const before = await instancesOf(simulator, 'redis');
    const topics: string[] = [];
    simulator.live.bus.onNotification(({ topic, containerIds }) => {
      if (containerIds?.includes(containerId(simulator, 'redis'))) topics.push(topic);
    });
    simulator.happen({ kind: 'migrate', id: before[0].id });
    const during = await instancesOf(simulator, 'redis');
    expect(during).toHaveLength(before.length + 1);
    const source = during.find((each) => each.id === before[0].id);
    expect(source.state.current).toBe('migrating');
    const target = source.migration.to;
    simulator.advance(20_000);
    const after = await instancesOf(simulator, 'redis');
    expect(after.map((each) => each.id)).not.toContain(before[0].id);
    expect(after.find((each) => each.id === target.instance_id)).toMatchObject({
      server_id: target.server_id,
      state: { current: 'running' },
      migration: { from: { instance_id: before[0].id } },
    });
    expect(topics).toContain('container.instance.migration.update');
    expect(topics).toContain('container.instances.reconfigured');
  });
});
