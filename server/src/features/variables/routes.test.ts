import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { REVEALED_FOR_MS, revealedVariable, scopedVariables } from '@cyclorama/shared/variables.ts';
import { manualClock } from '@cyclorama/simulator';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let ada: Browser;
let vera: Browser;
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({
    simulator: { clock: manualClock(Date.now()), seed: 3 },
    clock: { now: () => Date.now() + aheadMs },
  });
  ada = await server.signIn('ada');
  vera = await server.signIn('vera');
});
afterAll(() => server.close());

const served = () => server.simulator.live.world.scopedVariables;
const revealed = async () =>
  (await server.activity.page({ limit: 20, action: 'variable.reveal' })).entries.map(
    ({ actor, outcome, subject }) => [actor, outcome, subject?.id],
  );

describe('scoped variables', () => {
  it('are listed by name, and say which came empty', async () => {
    const answer = await vera.get(environmentPaths.variables());
    const text = await answer.text();
    const { variables, freshness, startedAt, durationsUnknown } = scopedVariables.parse(JSON.parse(text));
    const endOf = (ms: number | null) =>
      ms === null ? null : new Date(Date.parse(startedAt ?? '') + ms).toISOString();
    expect(variables).toEqual(
      served().map(({ identifier: name, value, durationMs }) => ({
        name,
        isEmpty: value === '',
        servedUntil: endOf(durationMs),
      })),
    );
    expect(durationsUnknown).toBeNull();
    expect(freshness.state).toBe('live');
    const values = served().flatMap(({ value }) => (value === '' ? [] : [value]));
    expect(values.filter((value) => text.includes(value))).toEqual([]);
  });

  it('are revealed one at a time to an admin, on record and for a minute', async () => {
    const before = Date.now();
    const answer = await ada.post(environmentPaths.variableReveal('DB_URL'));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { name, value, hideAt } = revealedVariable.parse(await answer.json());
    expect({ name, value }).toEqual({
      name: 'DB_URL',
      value: served().find(({ identifier }) => identifier === 'DB_URL')?.value,
    });
    expect(Date.parse(hideAt) - before).toBeGreaterThanOrEqual(REVEALED_FOR_MS);
    expect(await revealed()).toEqual([['ada', 'done', 'DB_URL']]);
    expect(server.log()).not.toContain(value);
  });

  it('are not revealed to who may not, and not once Cycle serves them no longer', async () => {
    const refused = await (await server.signIn('oscar')).post(environmentPaths.variableReveal('DB_URL'));
    expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'forbidden']);
    server.simulator.advance(120_000);
    const over = await ada.post(environmentPaths.variableReveal('BOOTSTRAP_TOKEN'));
    expect([over.status, (await errorOf(over)).hint]).toEqual([
      404,
      'Its duration may be over, or its scope was changed. Read the list again.',
    ]);
    expect(await revealed()).toEqual([['ada', 'done', 'DB_URL']]);
  });

  it('are not handed out where that can’t be put on record', async () => {
    await sql`pragma query_only = on`.execute(server.store.db);
    const answer = await ada.post(environmentPaths.variableReveal('MAP_SERVICE_URL'));
    await sql`pragma query_only = off`.execute(server.store.db);
    await vi.waitUntil(() => server.store.health.fault === null, 10_000);
    expect([answer.status, (await errorOf(answer)).code]).toEqual([503, 'store-unavailable']);
    expect(await revealed()).toEqual([['ada', 'done', 'DB_URL']]);
  });

  it('stay listed by their last good names while Cycle fails, with their age', async () => {
    aheadMs += 60_000;
    const end = server.simulator.fail({
      api: 'cycle',
      kind: 'status',
      status: 500,
      match: { pathPrefix: '/v1/environment/scoped-variables' },
    });
    const { freshness, variables } = scopedVariables.parse(
      await (await vera.get(environmentPaths.variables())).json(),
    );
    end();
    expect(freshness).toMatchObject({ state: 'stale', failingSince: expect.any(String) });
    expect(variables.map(({ name }) => name)).toContain('DB_URL');
    const again = scopedVariables.parse(await (await vera.get(environmentPaths.variables())).json());
    expect(again.freshness.state).toBe('live');
  });

  it('say why nothing is known of their durations, and are listed all the same', async () => {
    aheadMs += 60_000;
    server.simulator.happen({ kind: 'capabilities.set', capabilities: [] });
    const read = async () =>
      scopedVariables.parse(await (await vera.get(environmentPaths.variables())).json());
    const { variables, durationsUnknown } = await read();
    server.simulator.happen({ kind: 'capabilities.set', capabilities: null });
    expect(durationsUnknown).toBe(
      "The API key of Cycle's public API lacks the capability scoped-variables-view.",
    );
    expect(variables).toContainEqual({ name: 'DB_URL', isEmpty: false });
    aheadMs += 60_000;
    expect((await read()).durationsUnknown).toBeNull();
  });

  it('name the scope that the container lacks', async () => {
    aheadMs += 60_000;
    server.simulator.happen({ kind: 'scope.set', scope: ['self'] });
    const answer = await vera.get(environmentPaths.variables());
    server.simulator.happen({ kind: 'scope.set', scope: null });
    expect([answer.status, (await errorOf(answer)).message]).toEqual([
      403,
      'No access to the scoped variables: the dashboard’s container needs the scope environment in config.runtime.internal_api.scope.',
    ]);
  });
});
