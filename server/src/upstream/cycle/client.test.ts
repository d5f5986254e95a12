import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// oxlint-disable no-restricted-imports -- a test may start the simulator
import { startSimulator } from '@cyclorama/simulator';
import type { Simulator } from '@cyclorama/simulator';
// oxlint-enable no-restricted-imports
import pino from 'pino';
import type { Logger as PinoLogger } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { systemClock } from '../../lib/clock.ts';
import type { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { createUpstreamHealth } from '../health.ts';
import { createCycleClient } from './client.ts';
import type { CycleClient } from './client.ts';
import { createCycleNotifications } from './notifications.ts';

let simulator: Simulator;
const undos: (() => void)[] = [];
const clients: CycleClient[] = [];
const log: string[] = [];
const logger = pino(
  { level: 'debug' },
  { write: (line: string) => void log.push(line) },
) as PinoLogger as Logger;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 5 });
});
afterEach(async () => {
  for (const undo of undos.splice(0)) undo();
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => simulator.close());

const health = () =>
  createUpstreamHealth({ name: 'cycle', label: 'Cycle', configured: true, clock: systemClock });
function client(
  socketPath = simulator.env['CYCLE_API_SOCKET'] ?? '',
  token = simulator.env['CYCLE_API_TOKEN'] ?? '',
) {
  const watched = health();
  const made = createCycleClient({
    socketPath,
    token,
    health: watched,
    logger,
    readTimeoutMs: 1_000,
    random: () => 0,
  });
  clients.push(made);
  return { cycle: made, health: watched };
}
const fail = (fault: Parameters<Simulator['fail']>[0]): void => void undos.push(simulator.fail(fault));
const errorOf = (call: Promise<unknown>): Promise<UpstreamError> =>
  call.then(
    () => {
      throw new Error('expected the call to fail');
    },
    (error: UpstreamError) => error,
  );

describe('faults of the internal API', () => {
  it.each([
    [{ kind: 'refuse' }, 'unreachable', /does not answer/u],
    [{ kind: 'cut' }, 'cut', /broke off/u],
    [{ kind: 'wrong-json' }, 'invalid', /sent an answer/u],
    [{ kind: 'wrong-json', body: '{"data":"a string"}' }, 'invalid', /another shape/u],
    [{ kind: 'throttle' }, 'rate-limited', /no more calls/u],
    [{ kind: 'status', status: 500 }, 'failed', /failed \(500\)/u],
    [{ kind: 'revoke-token' }, 'unauthorized', /credentials/u],
    [{ kind: 'empty-403' }, 'refused', /refused the request \(403\)/u],
    [{ kind: 'delay', ms: 2_000 }, 'timeout', /in time/u],
  ] as const)('%o is %s', async (fault, expected, message) => {
    fail({ api: 'cycle', ...fault });
    const { cycle, health: watched } = client();
    const error = await errorOf(cycle.instances());
    expect(error.fault).toBe(expected);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain(simulator.env['CYCLE_API_TOKEN']);
    // A refusal with a reason is not an outage.
    expect(watched.freshness().failingSince === null).toBe(expected === 'refused');
  });

  it('knows that nothing was sent where the socket is missing', async () => {
    const { cycle, health: watched } = client('/nowhere/api.sock');
    const error = await errorOf(cycle.startInstance('a', 'b'));
    expect(error).toMatchObject({ fault: 'unreachable', certainlyNotDone: true });
    expect(watched.freshness().reason).toBe("Cycle's internal API does not answer (socket missing).");
  });

  it.each([
    // The kernel refuses to write to a closed peer, so the request can't have arrived whole.
    ['accepted and closed at once', (socket: Socket) => socket.destroy(), true],
    ['closed after the request came', (socket: Socket) => socket.once('data', () => socket.destroy()), false],
  ])('knows whether it may have been sent where the connection is %s', async (_what, meet, isCertain) => {
    const path = join(mkdtempSync(join(tmpdir(), 'closed-')), 'api.sock');
    const closing = createServer(meet).listen(path);
    await once(closing, 'listening');
    const error = await errorOf(client(path).cycle.startInstance('a', 'b'));
    closing.close();
    rmSync(dirname(path), { recursive: true });
    expect(error).toMatchObject({ fault: 'unreachable', certainlyNotDone: isCertain });
  });

  it('can’t know it where the answer was cut', async () => {
    fail({ api: 'cycle', kind: 'cut' });
    const error = await errorOf(client().cycle.startInstance('a', 'b'));
    expect(error).toMatchObject({ fault: 'cut', certainlyNotDone: false });
  });

  it('tries a read again, but never a change', async () => {
    fail({ api: 'cycle', kind: 'cut', count: 2 });
    const { cycle, health: watched } = client();
    expect((await cycle.hub()).name).not.toBe('');
    expect(watched.freshness().state).toBe('live');
    simulator.resetRequests();
    fail({ api: 'cycle', kind: 'status', status: 503, match: { method: 'POST' } });
    await errorOf(cycle.stopInstance('a', 'b'));
    expect(simulator.requests().cycle['POST /v1/conductor/tasks']).toBe(1);
  });

  it('shares one call among those who ask for the same at once', async () => {
    const { cycle } = client();
    simulator.resetRequests();
    await Promise.all([cycle.hub(), cycle.hub(), cycle.hub()]);
    expect(simulator.requests().cycle['GET /v1/hub']).toBe(1);
    await cycle.hub();
    expect(simulator.requests().cycle['GET /v1/hub']).toBe(2);
  });

  it('carries the vendor’s code and words', async () => {
    const error = await errorOf(client().cycle.containerInstances('000000000000000000000000'));
    expect(error).toMatchObject({ fault: 'refused', detail: { status: 404, upstreamCode: '404.container' } });
    expect(error.detail.upstreamMessage).toContain('no container');
  });

  it.each(['malformed-row', 'duplicate-row'] as const)(
    'gives each good row once, with a %s',
    async (kind) => {
      const idsOf = async (): Promise<string[][]> => {
        const { cycle } = client();
        const strict = { nullIsEmpty: false };
        const reads: (() => Promise<{ id: string }[]>)[] = [
          () => cycle.instances(),
          () => cycle.containers(),
          () => cycle.ips(strict),
          () => cycle.networks(strict),
          () => cycle.virtualMachines(strict),
        ];
        const ids: string[][] = [];
        for (const read of reads) ids.push((await read()).map(({ id }) => id));
        return ids;
      };
      const before = await idsOf();
      fail({ api: 'cycle', kind });
      const odd = await idsOf();
      for (const [place, ids] of odd.entries()) {
        expect(new Set(ids).size).toBe(ids.length);
        const lost = before[place]?.filter((id) => !ids.includes(id)) ?? [];
        // The malformed row stands in another's place.
        expect(lost.length).toBeLessThanOrEqual(kind === 'malformed-row' ? 1 : 0);
        expect(ids.length).toBeGreaterThan(0);
      }
    },
  );

  it('takes null in place of a list for a fault, and for empty only where its caller says so', async () => {
    fail({ api: 'cycle', kind: 'null-list' });
    const { cycle, health: watched } = client();
    for (const read of [cycle.containers(), cycle.instances(), cycle.ips({ nullIsEmpty: false })])
      expect(await errorOf(read)).toMatchObject({ fault: 'invalid' });
    expect(watched.freshness().state).not.toBe('live');
    expect(await cycle.ips({ nullIsEmpty: true })).toEqual([]);
  });

  it('says so in a sentence where an answer is nested 200,000 deep', async () => {
    fail({ api: 'cycle', kind: 'deep' });
    const { cycle } = client();
    for (const read of [cycle.environment(), cycle.instances(), cycle.services()])
      expect(await errorOf(read)).toMatchObject({
        fault: 'invalid',
        message: "Cycle's internal API sent an answer that is nested too deep.",
      });
  });
});

describe('an instance', () => {
  it('started when its state changed to running; one in any other state has no start', async () => {
    const instances = await client().cycle.instances();
    const running = instances.filter(({ state }) => state.current === 'running');
    const others = instances.filter(({ state }) => state.current !== 'running');
    expect(running.length).toBeGreaterThan(40);
    expect(others.length).toBeGreaterThan(0);
    for (const { startedAt, state } of running) expect(startedAt).toBe(state.changed);
    expect(running.every(({ startedAt }) => startedAt !== null)).toBe(true);
    expect(others.every(({ startedAt }) => startedAt === null)).toBe(true);
  });
});

describe('vpnLogin', () => {
  it('takes a refusal as an answer, not an error, and never logs what was tried', async () => {
    const [name = '', ...rest] = (simulator.env['SIM_VPN_USER'] ?? '').split(':');
    const password = rest.join(':');
    const { cycle, health: watched } = client();
    expect(await cycle.vpnLogin(name, password)).toBe(true);
    expect(await cycle.vpnLogin(name, 'not-the-password')).toBe(false);
    expect(await cycle.vpnLogin('no-such-person', password)).toBe(false);
    expect(watched.freshness().state).toBe('live');
    expect(log.join('\n')).not.toMatch(/not-the-password|no-such-person/u);
  });

  it('tells an upstream that fails from a wrong password', async () => {
    fail({ api: 'cycle', kind: 'status', status: 500 });
    expect((await errorOf(client().cycle.vpnLogin('ada', 'x'))).fault).toBe('failed');
  });

  it('takes a 403 without the answer’s shape as a fault, never as a wrong password', async () => {
    fail({ api: 'cycle', kind: 'empty-403' });
    expect((await errorOf(client().cycle.vpnLogin('ada', 'x'))).name).toBe('UpstreamError');
  });
});

describe('notifications', () => {
  it('come in, and come back after the socket was cut', async () => {
    const topics: string[] = [];
    let opened = 0;
    let lost = 0;
    const notifications = createCycleNotifications({
      socketPath: simulator.env['CYCLE_API_SOCKET'] ?? '',
      token: simulator.env['CYCLE_API_TOKEN'] ?? '',
      logger,
      random: () => 0,
      onNotification: ({ topic }) => topics.push(topic),
      onOpen: () => (opened += 1),
      onLost: () => (lost += 1),
    });
    const until = async (what: () => boolean): Promise<void> => {
      for (let turn = 0; turn < 200 && !what(); turn += 1) await sleep(25);
    };
    notifications.start();
    await until(() => opened === 1);
    simulator.live.bus.notify({ topic: 'odd.topic.nobody-knows', id: 'x' });
    await until(() => topics.includes('odd.topic.nobody-knows'));
    fail({ api: 'cycle', kind: 'drop-websocket', count: 1 });
    await until(() => opened === 2);
    simulator.live.bus.notify({ topic: 'after.the.cut', id: 'x' });
    await until(() => topics.includes('after.the.cut'));
    expect(topics).toEqual(expect.arrayContaining(['odd.topic.nobody-knows', 'after.the.cut']));
    expect(opened).toBe(2);
    expect(lost).toBe(1);
    await notifications.stop();
    expect(notifications.connected).toBe(false);
  });
});
