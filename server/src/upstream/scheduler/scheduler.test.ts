import { describe, expect, it } from 'vitest';

import { createUpstreamHealth } from '../health.ts';
import { createAddressBook } from './addresses.ts';
import { schedulerRefusal } from './errors.ts';
import { createShardHealth } from './shard-health.ts';
import { activeInstancesOf } from './to-domain.ts';
import { activeInstances } from './wire.ts';

const clock = { now: () => 1_000 };
const answer = (status: number, body: object | string) => ({
  status,
  headers: {},
  json: typeof body === 'string' ? undefined : body,
  text: '',
});
const coded = (code: string) => ({
  data: null,
  error: { status: 0, code, title: 'No', detail: 'the-token-as-sent' },
});

describe('refusals', () => {
  it.each([
    [504, coded('504.not-available'), 'refused', '504.not-available'],
    [404, coded('404.instance'), 'refused', '404.instance'],
    [422, coded('422.invalid_argument'), 'refused', '422.invalid-argument'],
    [401, coded('401.auth-invalid'), 'unauthorized', '401.auth-invalid'],
    [403, '', 'unauthorized', undefined],
    [403, coded('403.mismatch'), 'refused', '403.mismatch'],
  ])('%i %j', (status, body, fault, code) => {
    const error = schedulerRefusal(answer(status, body));
    expect([error?.fault, error?.detail.upstreamCode]).toEqual([fault, code]);
    expect(error?.certainlyNotDone).toBe(true);
    expect(JSON.stringify(error?.detail) + error?.message).not.toContain('the-token-as-sent');
  });

  it.each([
    [500, coded('500.unknown')],
    [503, ''],
    [429, coded('429.rate-limiting')],
    [418, ''],
  ])('leaves %i to its status', (status, body) => {
    expect(schedulerRefusal(answer(status, body))).toBeNull();
  });
});

describe('shards', () => {
  it('are fixed where addresses are given, else what the name stands for, of one family', async () => {
    const fixed = createAddressBook({ host: 'nowhere.invalid', fixed: ['10.0.0.1', '10.0.0.2'], clock });
    expect(await fixed.addresses()).toEqual(['10.0.0.1', '10.0.0.2']);
    const found = await createAddressBook({ host: 'localhost', fixed: [], clock }).addresses();
    expect(new Set(found.map((address) => address.includes(':'))).size).toBe(1);
  });

  it('are well only together', () => {
    const health = createUpstreamHealth({
      name: 'scheduler',
      label: 'The scheduler',
      configured: true,
      clock,
    });
    const shards = createShardHealth(health);
    shards.of('a').succeeded();
    shards.of('b').failed('b does not answer');
    shards.of('a').succeeded();
    expect(health.freshness()).toMatchObject({ state: 'stale', reason: 'b does not answer' });
    shards.keep(['a']);
    shards.of('a').succeeded();
    expect(health.freshness().state).toBe('live');
  });

  it('list what runs as a map, with the last change of state as its start', () => {
    const wire = activeInstances.parse({
      data: {
        i1: { state: { current: 'running', changed: '2026-11-21T09:00:05Z' } },
        i2: { state: { current: 'starting', changed: '0001-01-01T00:00:00Z' } },
      },
    });
    expect(activeInstancesOf('a', wire)).toEqual([
      { instanceId: 'i1', address: 'a', startedAt: Date.UTC(2026, 10, 21, 9, 0, 5) },
      { instanceId: 'i2', address: 'a', startedAt: null },
    ]);
    expect(activeInstancesOf('a', activeInstances.parse({ data: null }))).toEqual([]);
  });
});
