import { cacheEntry } from '@cyclorama/shared/object-cache.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { manualClock } from '@cyclorama/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let oscar: Browser;
beforeAll(async () => {
  server = await startTestServer({ simulator: { clock: manualClock(Date.now()), seed: 3 } });
  oscar = await server.signIn('oscar');
});
afterAll(() => server.close());

const entry = { scope: 'environment', key: 'leader', expires: '15m', value: 'SECRET-value' } as const;
const address = `${environmentPaths.objectCache()}?scope=environment&key=leader`;

describe('the object cache', () => {
  it('keeps what an operator puts there, for its time; on record without the value', async () => {
    expect((await oscar.post(environmentPaths.objectCache(), { body: entry })).status).toBe(200);
    expect(server.simulator.live.cache.read('environment', 'leader')).toEqual(entry);
    const answer = await oscar.get(address);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(cacheEntry.parse(await answer.json())).toMatchObject(entry);
    const { entries } = await server.activity.page({ limit: 10, action: 'cache.put' });
    expect(entries).toMatchObject([
      { outcome: 'done', actor: 'oscar', subject: { id: 'environment/leader' } },
      { outcome: 'started', detail: 'For 15m in environment.' },
    ]);
    expect(JSON.stringify(entries) + server.log()).not.toContain('SECRET');
    server.simulator.advance(15 * 60_000);
    const gone = await oscar.get(address);
    expect([gone.status, (await errorOf(gone)).message]).toEqual([
      404,
      'Nothing is kept under this key in this scope.',
    ]);
  });

  it.each([
    [{ ...entry, expires: 'soon' }, 'body.expires'],
    [{ ...entry, key: '' }, 'body.key'],
    [{ ...entry, scope: 'planet' }, 'body.scope'],
    [{ ...entry, colour: 'red' }, 'body.colour'],
  ])('names the field at fault, by the route and by the proxy alike', async (body, field) => {
    for (const path of [environmentPaths.objectCache(), paths.proxy('cycle', '/v1/object-cache')]) {
      const answer = await oscar.post(path, { body });
      expect([answer.status, (await errorOf(answer)).field]).toEqual([400, field]);
    }
  });

  it('is not for viewers', async () => {
    const vera = await server.signIn('vera');
    expect((await vera.get(address)).status).toBe(403);
    expect((await vera.post(environmentPaths.objectCache(), { body: entry })).status).toBe(403);
  });
});
