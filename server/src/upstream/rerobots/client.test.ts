// oxlint-disable-next-line no-restricted-imports -- only tests load this file
import { manualClock, startSimulator } from '@cyclorama/simulator';
// oxlint-disable-next-line no-restricted-imports -- only tests load this file
import type { Simulator } from '@cyclorama/simulator';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { UpstreamFault } from '../../lib/errors.ts';
import { createUpstreamHealth } from '../health.ts';
import type { UpstreamHealth } from '../health.ts';
import { createRerobotsClient } from './client.ts';
import type { RerobotsClient } from './client.ts';

describe.each(['documented', 'observed'] as const)('a client of the %s profile', (profile) => {
  let clock: ReturnType<typeof manualClock>;
  let simulator: Simulator;
  let token: string | null;
  let health: UpstreamHealth;
  let client: RerobotsClient;

  const faultOf = async (call: () => Promise<unknown>): Promise<UpstreamFault | null> =>
    call().then(
      () => null,
      (error: { fault: UpstreamFault }) => error.fault,
    );
  const asked = (): number =>
    Object.values(simulator.requests().rerobots).reduce((total, count) => total + count, 0);

  beforeEach(async () => {
    clock = manualClock();
    simulator = await startSimulator({ clock, profile, seed: 5 });
    token = simulator.env['REROBOTS_API_TOKEN'] ?? '';
    health = createUpstreamHealth({ name: 'rerobots', label: 'rerobots', configured: true, clock });
    client = createRerobotsClient({
      url: simulator.env['REROBOTS_API_URL'] ?? '',
      token: () => token,
      health,
      logger: pino({ level: 'silent' }),
      clock,
    });
  });
  afterEach(async () => {
    await client.close();
    await simulator.close();
  });

  it('stops reading once the token is revoked, but for one look in a while, and comes back by itself', async () => {
    await client.instances();
    expect(client.tokenWorks()).toBe(true);
    const undo = simulator.fail({ api: 'rerobots', kind: 'revoke-token' });
    expect(await faultOf(() => client.instances())).toBe('unauthorized');
    expect([client.tokenWorks(), client.hasRoom()]).toEqual([false, false]);
    expect(health.freshness()).toMatchObject({
      state: 'stale',
      reason: expect.stringContaining('refuses the dashboard’s token'),
      credentials: 'refused',
    });
    const before = asked();
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      await faultOf(() => client.instances());
      await faultOf(() => client.deployments());
      await faultOf(() => client.instance('00000000-0000-4000-8000-000000000000', 'follow'));
    }
    expect(asked() - before).toBeLessThanOrEqual(4);
    undo();
    clock.advance(15_000);
    await client.instances();
    expect([client.tokenWorks(), health.freshness().state]).toEqual([true, 'live']);
    expect(await faultOf(() => client.deployments())).toBeNull();
  });

  it('still tries what a person asks for with a refused token: it may be good again', async () => {
    const undo = simulator.fail({ api: 'rerobots', kind: 'revoke-token', count: 1 });
    expect(await faultOf(() => client.instances())).toBe('unauthorized');
    undo();
    expect(await faultOf(() => client.ciProjects())).toBeNull();
    expect(client.tokenWorks()).toBe(true);
  });

  it('does not take nobody’s allowance for the account’s after the token was revoked', async () => {
    await client.instances();
    const { budget } = health.status();
    simulator.happen({ kind: 'token.revoke' });
    // Public routes treat a revoked token as none, with 60 calls an hour.
    await client.deployments();
    expect(health.status().budget?.limit).toBe(budget?.limit);
  });

  it('sends nothing without a token, and goes on with another one', async () => {
    const good = token;
    token = null;
    client.tokenChanged(null);
    const before = asked();
    expect([client.configured, await faultOf(() => client.instances())]).toEqual([false, 'unconfigured']);
    expect(asked()).toBe(before);
    token = good;
    client.tokenChanged(null);
    expect([client.configured, await faultOf(() => client.instances())]).toEqual([true, null]);
  });

  it('checks another token without a word about the one in use', async () => {
    await client.instances();
    expect(await faultOf(() => client.checkToken('x'.repeat(40)))).toBe('unauthorized');
    expect([client.tokenWorks(), health.freshness().state]).toEqual([true, 'live']);
    const other = await simulator.rerobots.issueToken({ user: 'cyclorama', claims: { org: 'team' } });
    expect(await faultOf(() => client.checkToken(other))).toBeNull();
  });

  it('reads nothing more until the reset once the calls are used up, and ends robots all the same', async () => {
    await client.instances();
    simulator.rerobots.happen({ kind: 'limit.set', remaining: profile === 'observed' ? -1 : 0 });
    expect(await faultOf(() => client.instances())).toBe('rate-limited');
    const { remaining, resetsAt } = health.status().budget ?? {};
    expect([remaining, Date.parse(resetsAt ?? '') > clock.now()]).toEqual([0, true]);
    const before = asked();
    const id = '00000000-0000-4000-8000-000000000000';
    for (const read of [
      () => client.instances(),
      () => client.deployments(),
      () => client.instance(id, 'follow'),
      () => client.firewall(id),
    ]) {
      expect(await faultOf(read)).toBe('rate-limited');
    }
    expect(asked()).toBe(before);
    expect(health.freshness().reason).toContain('used up; reading and booking go on at');
    expect(await faultOf(() => client.terminate(id))).toBe('rate-limited');
    expect(asked()).toBe(before + 1);
    clock.advance(3_600_000);
    expect(await faultOf(() => client.instances())).toBeNull();
    expect(health.freshness().state).toBe('live');
  });
});
