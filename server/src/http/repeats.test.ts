import { IDEMPOTENT_REPLAYED_HEADER } from '@cyclorama/shared/idempotency.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { dropRequestKeysBefore } from '../store/request-keys.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { bookingIn } from '../testing/ready-robot.fixture.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';

let counter = 0;
const newKey = (): string => `press ${(counter += 1)}`;
const keyed = (key: string) => ({ 'Idempotency-Key': key });
const isRepeat = (answer: Response): boolean => answer.headers.get(IDEMPOTENT_REPLAYED_HEADER) === 'true';

let server: TestServer;
let oscar: Browser;
let containerId: string;
const bodyOf = <T>(answer: Response) => answer.json() as Promise<T>;
const idOf = async (answer: Response): Promise<string> => (await bodyOf<{ id: string }>(answer)).id;
const send = (path: string, body: object, key: string, who = oscar): Promise<Response> =>
  who.post(path, { body, headers: keyed(key) });
/** A function container that can be claimed from, once the environment was read. */
const poolOf = (place: TestServer, who: Browser): Promise<string> =>
  vi.waitFor(async () => {
    const id = place.simulator.env['SIM_FUNCTION_CONTAINER'] ?? '';
    expect((await who.get(paths.container(id))).status).toBe(200);
    return id;
  }, 15_000);
/** Changes that really reached an upstream. */
const received = (api: 'scheduler' | 'rerobots' | 'cycle', path: RegExp): number =>
  Object.entries(server.simulator.requests()[api])
    .filter(([name]) => name.startsWith('POST ') && path.test(name))
    .reduce((sum, [, count]) => sum + count, 0);

describeOnEachEngine('a change that comes twice', (bench) => {
  beforeAll(async () => {
    server = await startTestServer({ simulator: { speed: 20 }, store: bench.store });
    oscar = await server.signIn('oscar');
    containerId = await poolOf(server, oscar);
  });
  afterAll(() => server.close());

  const claimsSent = () => received('scheduler', /\/claim$/);

  it('is one claim, at once and one after the other, and says so', async () => {
    const before = claimsSent();
    const key = newKey();
    const together = await Promise.all([1, 2, 3].map(() => send(paths.claims(), { containerId }, key)));
    const later = await send(paths.claims(), { containerId }, key);
    const all = [...together, later];
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(all.map(isRepeat).filter((repeated) => !repeated)).toHaveLength(1);
    const ids = await Promise.all(all.map(idOf));
    expect(new Set(ids).size).toBe(1);
    expect(claimsSent() - before).toBe(1);
    expect((await oscar.post(paths.claimRelease(ids[0] ?? ''))).status).toBe(200);
    const released = await bodyOf<{ id: string; state: string }>(
      await send(paths.claims(), { containerId }, key),
    );
    expect(released).toMatchObject({ id: ids[0], state: 'released' });
  });

  it('is one after a restart, and on another replica at the same moment', async () => {
    const key = newKey();
    const first = await idOf(await send(paths.claims(), { containerId }, key));
    const other = await startTestServer({ beside: server });
    try {
      const there = await other.signIn('oscar');
      expect(await idOf(await send(paths.claims(), { containerId }, key, there))).toBe(first);
      for (let round = 0; round < 5; round += 1) {
        const before = claimsSent();
        const next = newKey();
        const answers = await Promise.all(
          [oscar, there].map((who) => send(paths.claims(), { containerId }, next, who)),
        );
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
        const [one, two] = await Promise.all(answers.map(idOf));
        expect(one).toBe(two);
        expect(claimsSent() - before).toBe(1);
        await oscar.post(paths.claimRelease(one ?? ''));
      }
    } finally {
      await other.close();
      await oscar.post(paths.claimRelease(first));
    }
  });

  it('is one batch and one spawn', async () => {
    const batch = { containerId, count: 1, concurrency: 1, releaseAfterSeconds: 0, environmentVariables: {} };
    const batchKey = newKey();
    const batches = await Promise.all([1, 2].map(() => send(paths.claimBatches(), batch, batchKey)));
    expect(new Set(await Promise.all(batches.map(idOf))).size).toBe(1);

    const id = await idOf(await send(paths.claims(), { containerId }, newKey()));
    const spawnKey = newKey();
    const spawns = await Promise.all(
      [1, 2].map(() => send(paths.claimSpawn(id), { environmentVariables: {} }, spawnKey)),
    );
    expect(spawns.map(({ status }) => status)).toEqual([200, 200]);
    await oscar.post(paths.claimRelease(id));
  });

  it('is one task of an instance', async () => {
    const topology = await bodyOf<{ nodes: { kind: string; id: string; state?: string }[] }>(
      await oscar.get(paths.topology()),
    );
    const details = await Promise.all(
      topology.nodes
        .filter(({ kind }) => kind === 'instance')
        .slice(0, 20)
        .map(async ({ id }) => ({ id, answer: await oscar.get(paths.instance(id)) })),
    );
    expect(details.length).toBeGreaterThan(0);
    for (const { id } of details) {
      const key = newKey();
      const tasks = await Promise.all(
        [1, 2].map(() => send(paths.instanceTasks(id), { action: 'stop' }, key)),
      );
      if (tasks[0]?.status !== 202) continue;
      expect(tasks.map(({ status }) => status)).toEqual([202, 202]);
      expect(new Set(await Promise.all(tasks.map(idOf))).size).toBe(1);
      return;
    }
    expect.fail('no instance could be stopped');
  });

  it('is one booking and one VPN client, whose profile is not shown again', async () => {
    const { deployments } = await bodyOf<{ deployments: { id: string; type: string }[] }>(
      await oscar.get(paths.deployments()),
    );
    expect(deployments.length).toBeGreaterThan(0);
    const launches = () => received('rerobots', / \/new/);
    const before = launches();
    const key = newKey();
    const body = { type: 'basic_kobuki', vpn: true };
    const booked = await Promise.all([1, 2].map(() => send(paths.bookings(), body, key)));
    const later = await send(paths.bookings(), body, key);
    const ids = await Promise.all([...booked, later].map(idOf));
    expect(new Set(ids).size).toBe(1);
    expect(launches() - before).toBe(1);
    const id = ids[0] ?? '';
    await bookingIn(oscar, id, 'ready');

    const vpnKey = newKey();
    const clients = await Promise.all([1, 2].map(() => send(paths.bookingVpn(id), {}, vpnKey)));
    expect(clients.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const second = clients.find(({ status }) => status === 409);
    const error = second && (await errorOf(second));
    expect(error?.message).toContain('is not shown again');
    expect(received('rerobots', / \/vpn/)).toBe(1);
    await oscar.post(paths.bookingTerminate(id));
  });

  it('makes one access token, shown once', async () => {
    const body = { name: 'nightly', role: 'viewer', expiresInDays: 1 };
    const key = newKey();
    const made = await Promise.all([1, 2].map(() => send(paths.accessTokens(), body, key)));
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const refused = made.find(({ status }) => status === 409);
    const text = (await refused?.text()) ?? '';
    expect(text).toContain('made already');
    expect(text).not.toContain('cyc_');
    const { tokens } = await bodyOf<{ tokens: { name: string }[] }>(await oscar.get(paths.accessTokens()));
    expect(tokens.filter(({ name }) => name === 'nightly')).toHaveLength(1);
  });

  it('starts one CI build, also through the proxy', async () => {
    const started = () => received('rerobots', / \/ci\/new/);
    const before = started();
    const request = { repositoryUrl: 'https://example.org/a.git', branch: 'main', commit: 'a'.repeat(40) };
    const key = newKey();
    const builds = await Promise.all([1, 2].map(() => send(paths.robotCi(), request, key)));
    expect(builds.map(({ status }) => status)).toEqual([201, 201]);
    const [one, two] = await Promise.all(builds.map((build) => bodyOf<object>(build)));
    expect(one).toEqual(two);
    expect(started() - before).toBe(1);

    const path = paths.proxy('rerobots', '/ci/new');
    const proxied = newKey();
    const body = { repo_url: 'https://example.org/b.git', repo_branch: 'main' };
    expect((await send(path, body, proxied)).status).toBeLessThan(300);
    const second = await send(path, body, proxied);
    expect([second.status, (await errorOf(second)).code]).toEqual([409, 'conflict']);
    expect(started() - before).toBe(2);
  });

  it('is refused where the key was used for something else, and each person has keys of their own', async () => {
    const key = newKey();
    const id = await idOf(await send(paths.claims(), { containerId }, key));
    for (const [path, body] of [
      [paths.claims(), { containerId, releaseAfterSeconds: 5 }],
      [paths.claimBatches(), { containerId, count: 1, concurrency: 1, environmentVariables: {} }],
    ] as const) {
      const answer = await send(path, body, key);
      expect(answer.status).toBe(422);
      expect(await errorOf(answer)).toMatchObject({
        code: 'key-reused',
        field: 'header.Idempotency-Key',
        message: 'This Idempotency-Key was used for something else. Nothing was done.',
      });
    }
    const ada = await server.signIn('ada');
    const hers = await idOf(await send(paths.claims(), { containerId }, key, ada));
    expect(hers).not.toBe(id);
    for (const [who, claim] of [
      [oscar, id],
      [ada, hers],
    ] as const) {
      await who.post(paths.claimRelease(claim));
    }
  });

  it('can be tried again after a refusal that did nothing', async () => {
    const key = newKey();
    const unknown = '0'.repeat(24);
    expect((await send(paths.claims(), { containerId: unknown }, key)).status).toBe(404);
    const id = await idOf(await send(paths.claims(), { containerId }, key));
    await oscar.post(paths.claimRelease(id));
    await dropRequestKeysBefore(bench.store.db, Date.now() + 1);
    const next = await idOf(await send(paths.claims(), { containerId }, key));
    expect(next).not.toBe(id);
    await oscar.post(paths.claimRelease(next));
  });

  it.each([
    ['too long', 'k'.repeat(256)],
    ['with a control character', 'a\tb'],
    ['of another script', 'schlüssel'],
    ['empty', ''],
  ])('with a key that is %s is refused by the header’s name', async (_, key) => {
    const before = claimsSent();
    const answer = await send(paths.claims(), { containerId }, key);
    expect(answer.status).toBe(400);
    expect(await errorOf(answer)).toMatchObject({
      code: 'invalid-request',
      field: 'header.Idempotency-Key',
    });
    expect(claimsSent()).toBe(before);
  });
});

describe('what is stored of a request', () => {
  it('says nothing about its body', async () => {
    const fresh = await startTestServer();
    try {
      const who = await fresh.signIn('oscar');
      const body = {
        containerId: await poolOf(fresh, who),
        spawn: { environmentVariables: { PASSWORD: 'hunter2-hunter2' } },
      };
      expect((await who.post(paths.claims(), { body, headers: keyed('k') })).status).toBe(201);
      const rows = await fresh.store.db.selectFrom('request_keys').selectAll().execute();
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain('hunter2');
      expect(fresh.log()).not.toContain('hunter2');
    } finally {
      await fresh.close();
    }
  });
});
