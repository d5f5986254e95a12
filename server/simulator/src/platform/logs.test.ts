import { describe, expect, it } from 'vitest';

import type { Simulator } from '../index.ts';
import { platform, startStill } from '../simulator.fixture.ts';
import type { Json } from '../simulator.fixture.ts';

const someInstance = ({ live }: Simulator): string =>
  [...live.world.instances.values()].find(({ state }) => state === 'running')?.id ?? '';

const ask = (simulator: Simulator, body: unknown) =>
  platform(simulator, '/v1/monitoring/logs/aggregate', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${simulator.env.CYCLE_PLATFORM_API_KEY}`,
      'x-hub-id': simulator.env.CYCLE_HUB_ID ?? '',
    },
    body,
  });

describe('logs', () => {
  it('are lines of an instance within 72 hours, the same whenever they are asked for', async () => {
    const simulator = await startStill();
    const id = someInstance(simulator);
    const scope = { type: 'instance', ids: [id] };
    const first = (await ask(simulator, { scope })).json.data;
    expect(first.length).toBeGreaterThan(50);
    expect(new Set(first.map((line: Json) => line.instance_id))).toEqual(new Set([id]));
    simulator.advance(1_000);
    simulator.happen({ kind: 'output.write', id, message: 'by hand\r\n', source: 'stderr' });
    const second = (await ask(simulator, { scope })).json.data;
    expect(second.at(-1)).toMatchObject({ message: 'by hand\r\n', source: 'stderr' });
    expect(second).toEqual(expect.arrayContaining(first.slice(1)));
  });

  it('match a text or an expression, with the lines after a match under one window', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'logs.set', chatty: false });
    const id = someInstance(simulator);
    for (const message of ['one', 'two', 'three', 'One more', 'four']) {
      simulator.advance(1_000);
      simulator.happen({ kind: 'output.write', id, message });
    }
    const found = async (search: Json, context_window_size = 0) =>
      (
        await ask(simulator, { scope: { type: 'environment' }, search: [search], context_window_size })
      ).json.data.map((line: Json) => line.message);
    expect(await found({ type: 'raw', match: 'one' })).toEqual(['one']);
    expect(await found({ type: 'raw', match: 'one' }, 1)).toEqual(['one', 'two']);
    expect(await found({ type: 'regexp', match: '(?i)^one' })).toEqual(['one', 'One more']);
    const { json } = await ask(simulator, {
      scope: { type: 'instance' },
      search: [{ type: 'regexp', match: '(?=o)' }],
    });
    expect([json.error.code, json.error.source]).toEqual(['422.invalid-argument', 'search.match']);
  });

  it('are refused to a key without the capability, and where they are not aggregated', async () => {
    const simulator = await startStill();
    simulator.happen({ kind: 'capabilities.set', capabilities: [] });
    const scope = { type: 'environment' };
    expect((await ask(simulator, { scope })).json.error.extra).toEqual({ capability: 'monitor-view' });
    simulator.happen({ kind: 'capabilities.set', capabilities: null });
    simulator.happen({ kind: 'logs.set', aggregated: false });
    expect((await ask(simulator, { scope })).json.error.code).toBe('503.not-enabled');
  });
});
