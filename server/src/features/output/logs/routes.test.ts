import { accessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { logsResponse } from '@cyclorama/shared/output.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';

let server: TestServer;
let [oscar, vera]: Browser[] = [];
let instanceId = '';
let aheadMs = 0;
let stoodStillAt: number | null = null;
const now = (): number => (stoodStillAt ?? Date.now()) + aheadMs;
/** So long an answer is kept for whoever asks for the same. */
const KEPT_MS = 2_000;
const LOGS = 'POST /v1/monitoring/logs/aggregate';
const sent = (): number => server.simulator.requests().platform[LOGS] ?? 0;

beforeAll(async () => {
  server = await startTestServer({ clock: { now } });
  [oscar, vera] = await Promise.all([server.signIn('oscar'), server.signIn('vera')]);
  const running = [...server.simulator.live.world.instances.values()].find(
    ({ state }) => state === 'running',
  );
  instanceId = running?.id ?? '';
  await vi.waitFor(async () => {
    if ((await ask()).status !== 200) throw new Error('the environment was not read yet');
  }, 30_000);
  aheadMs += KEPT_MS;
});
afterAll(() => server.close());
afterEach(() => {
  stoodStillAt = null;
  aheadMs += KEPT_MS;
  server.simulator.happen({ kind: 'logs.set' });
  server.simulator.happen({ kind: 'capabilities.set', capabilities: null });
});

const asking = (more: Record<string, string | number> = {}, id = instanceId): string =>
  `${environmentPaths.instanceLogs(id)}?${String(new URLSearchParams({ from: String(now() - 3_600_000), ...more }))}`;
const ask = async (more?: Record<string, string | number>): Promise<Response> =>
  (await oscar?.get(asking(more))) ?? Response.error();
const read = async (more?: Record<string, string | number>) =>
  logsResponse.parse(await (await ask(more)).json());
const write = (message: string, source: 'stdout' | 'stderr' = 'stdout'): void =>
  server.simulator.happen({ kind: 'output.write', id: instanceId, message, source });

describe('what an instance wrote', () => {
  it('is read oldest first, with its streams, and without escape sequences', async () => {
    write('\u001B[1;31mlast\u001B[0m \u001B]8;;https://x.example\u0007words\u001B]8;;\u0007\r\n', 'stderr');
    const { lines, isFull, freshness } = await read();
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.at(-1)).toMatchObject({ source: 'stderr', text: 'last words', cutFrom: null });
    expect(new Set(lines.map(({ source }) => source))).toEqual(new Set(['stdout', 'stderr']));
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
    expect(lines.filter(({ text }) => /\p{Cc}/u.test(text))).toEqual([]);
    expect([isFull, freshness.state]).toEqual([false, 'live']);
  });

  it('can be searched by text, which may be no expression, and by an expression', async () => {
    write('price (in $) is [10]\n');
    write('PRICE (in $) is [20]\n');
    const texts = async (more: Record<string, string>) => (await read(more)).lines.map(({ text }) => text);
    expect(await texts({ text: '(in $) is [1' })).toEqual(['price (in $) is [10]']);
    expect(await texts({ regexp: String.raw`(?i)price .* \[\d+\]` })).toEqual([
      'price (in $) is [10]',
      'PRICE (in $) is [20]',
    ]);
    expect(await texts({ text: 'nobody ever wrote this' })).toEqual([]);
  });

  it('acts on nothing: control characters are visible, long lines are cut, addresses keep no password', async () => {
    server.simulator.happen({ kind: 'logs.set', chatty: false });
    aheadMs += 2_000;
    // Its clock and ours may be a millisecond apart.
    const from = server.simulator.live.world.clock.now();
    write('bell\u0007 back\u0008 \u202Eover \u001B]0;an unended title hides nothing\n');
    write(`${'x'.repeat(1_048_576)}end\n`);
    write('connecting to postgres://app:hunter2@db:5432/app\n');
    write('10%\r55%\r100%\r\n');
    const { lines } = await read({ from });
    expect(lines.map(({ text }) => text.slice(0, 60))).toEqual([
      String.raw`bell\x07 back\x08 over 0;an unended title hides nothing`,
      'x'.repeat(60),
      'connecting to postgres://db:5432/app',
      '10%\n55%\n100%',
    ]);
    expect(lines.map(({ cutFrom }) => cutFrom)).toEqual([null, 1_048_579, null, null]);
    expect(lines[1]?.text.length).toBeLessThan(20_000);
  });

  it('is none where nothing was written, or before the 72 hours that Cycle keeps', async () => {
    server.simulator.happen({ kind: 'logs.set', chatty: false });
    expect((await read({ to: now() - 60_000 })).lines).toEqual([]);
    const old = await read({ from: now() - 100 * 3_600_000, to: now() - 80 * 3_600_000 });
    expect(old).toMatchObject({ lines: [], isFull: false });
  });

  it.each(['newest', 'oldest'] as const)(
    'says that there may be more where Cycle sends the %s',
    async (keeps) => {
      server.simulator.happen({ kind: 'logs.set', keeps });
      const all = await read();
      aheadMs += 2_000;
      const some = await read({ limit: 5, to: Date.parse(all.to) });
      expect([some.isFull, some.lines.length]).toEqual([true, 5]);
    },
  );

  it('is asked for once by all who look at the same', async () => {
    // However long the three take here.
    stoodStillAt = Date.now();
    const before = sent();
    const path = asking({ from: 1 });
    await Promise.all([oscar?.get(path), oscar?.get(path), oscar?.get(path)]);
    expect(sent() - before).toBe(1);
  });
});

describe('what keeps logs from being read', () => {
  it('is named: a role, an access token, a capability, an instance, a setting', async () => {
    expect((await vera?.get(asking()))?.status).toBe(403);
    const made = await oscar?.post(paths.accessTokens(), {
      body: { name: 'logs', role: 'operator', expiresInDays: 1 },
    });
    const { token } = accessTokenCreated.parse(await made?.json());
    const byToken = await fetch(server.url + asking(), { headers: { authorization: `Bearer ${token}` } });
    expect([byToken.status, (await errorOf(byToken)).code]).toEqual([403, 'forbidden']);
    const other = server.simulator.live.world.otherInstances[0]?.id ?? 'f'.repeat(24);
    const foreign = (await oscar?.get(asking({}, other))) ?? Response.error();
    expect([foreign.status, (await errorOf(foreign)).code]).toEqual([404, 'not-found']);
    server.simulator.happen({ kind: 'capabilities.set', capabilities: ['containers-console'] });
    expect(await errorOf(await ask())).toMatchObject({
      code: 'upstream-refused',
      message: "The API key of Cycle's public API lacks the capability monitor-view.",
      hint: 'In Cycle, give the API key this capability, then try again.',
    });
    server.simulator.happen({ kind: 'capabilities.set', capabilities: null });
    server.simulator.happen({ kind: 'logs.set', aggregated: false });
    expect(await errorOf(await ask())).toMatchObject({
      code: 'upstream-refused',
      message: "Cycle's public API says that this is not enabled (503.not-enabled).",
    });
  });

  it('is told with the field, or what to do: an expression, both searches, answers that break', async () => {
    const expression = await ask({ regexp: '(?=a)b' });
    expect([expression.status, await errorOf(expression)]).toEqual([
      400,
      expect.objectContaining({
        field: 'query.regexp',
        message: 'Cycle does not take this regular expression.',
      }),
    ]);
    const both = await ask({ text: 'a', regexp: 'b' });
    expect([both.status, (await errorOf(both)).field]).toEqual([400, 'query.regexp']);
    expect((await errorOf(await ask({ to: 1 }))).field).toBe('query.to');
    const match = { pathPrefix: '/v1/monitoring' };
    const faults = [
      ['cut', 502],
      ['wrong-json', 502],
      ['deep', 502],
      ['throttle', 429],
    ] as const;
    for (const [kind, status] of faults) {
      const undo = server.simulator.fail({ api: 'platform', kind, match });
      const answer = await ask({ text: kind });
      undo();
      expect([kind, answer.status, (await errorOf(answer)).message]).toEqual([
        kind,
        status,
        expect.stringContaining("Cycle's public API"),
      ]);
    }
  });
});
