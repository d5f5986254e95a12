import { passkeyCeremony, passkeysResponse } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createAuthenticator } from '../../testing/authenticator.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';
import { addPasskey, PUBLIC_URL } from './passkeys.fixture.ts';

let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startTestServer({ env: { PUBLIC_URL }, clock: { now: () => now } });
});
afterAll(() => server.close());

const listOf = async (browser: { get(path: string): Promise<Response> }) =>
  passkeysResponse.parse(await (await browser.get(paths.passkeys())).json());

describe('adding a passkey', () => {
  it('takes a real ceremony, and lists it with what it is called', async () => {
    const vera = await server.signIn('vera');
    const { passkey } = await addPasskey(vera);
    expect(passkey).toMatchObject({ person: 'vera', name: 'Laptop', lastUsedAt: null, backedUp: false });
    expect(await listOf(vera)).toEqual({
      policy: 'second-factor',
      refusal: null,
      lastRefusal: null,
      passkeys: [passkey],
    });
    const { entries } = await server.activity.page({ limit: 5, action: 'passkey' });
    expect(entries[0]).toMatchObject({ actor: 'vera', action: 'passkey.add', outcome: 'done' });
    await vera.del(paths.passkey(passkey.id));
  });

  it.each([
    ['another origin', { origin: 'http://localhost:8081' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ])('refuses an answer for %s', async (_what, lies) => {
    const vera = await server.signIn('vera');
    const { options, challenge } = passkeyCeremony.parse(
      await (await vera.post(paths.passkeyOptions())).json(),
    );
    const answer = createAuthenticator(PUBLIC_URL).register(options, lies);
    const refused = await vera.post(paths.passkeys(), { body: { name: 'x', challenge, answer } });
    expect([refused.status, (await errorOf(refused)).message]).toEqual([
      400,
      expect.stringContaining('The passkey was not added.'),
    ]);
    expect((await listOf(vera)).passkeys).toEqual([]);
  });

  it('adds none while it can’t be put on record', async () => {
    const vera = await server.signIn('vera');
    const ceremony = passkeyCeremony.parse(await (await vera.post(paths.passkeyOptions())).json());
    const answer = createAuthenticator(PUBLIC_URL).register(ceremony.options);
    const body = { name: 'x', challenge: ceremony.challenge, answer };
    await sql`pragma query_only = on`.execute(server.store.db);
    const refused = await vera.post(paths.passkeys(), { body });
    await sql`pragma query_only = off`.execute(server.store.db);
    expect([refused.status, (await errorOf(refused)).message]).toEqual([
      503,
      'The data can’t be written. Nothing can be changed until it is fixed.',
    ]);
    await vi.waitUntil(() => server.store.health.fault === null, 10_000);
    expect((await listOf(vera)).passkeys).toEqual([]);
  });

  it('takes a challenge once, within five minutes, in the session it was given to', async () => {
    const [vera, other] = [await server.signIn('vera'), await server.signIn('vera')];
    const begin = async () => {
      const ceremony = passkeyCeremony.parse(await (await vera.post(paths.passkeyOptions())).json());
      const answer = createAuthenticator(PUBLIC_URL).register(ceremony.options);
      return { name: 'x', challenge: ceremony.challenge, answer };
    };
    const once = await begin();
    expect((await other.post(paths.passkeys(), { body: once })).status).toBe(409);
    expect((await vera.post(paths.passkeys(), { body: once })).status).toBe(201);
    expect((await vera.post(paths.passkeys(), { body: once })).status).toBe(409);
    const late = await begin();
    now += 5 * 60_000;
    const refused = await vera.post(paths.passkeys(), { body: late });
    expect([refused.status, (await errorOf(refused)).hint]).toEqual([409, 'Start again.']);
    const forged = await vera.post(paths.passkeys(), { body: { ...late, challenge: 'AAAA' } });
    expect(forged.status).toBe(409);
  });

  it('is refused at an address where browsers know no passkeys', async () => {
    const elsewhere = await startTestServer({ beside: server });
    try {
      const vera = await elsewhere.signIn('oscar');
      const { port } = new URL(elsewhere.url);
      expect((await listOf(vera)).refusal).toBe(
        `Passkeys need a name: open http://localhost:${port} instead.`,
      );
      const refused = await vera.post(paths.passkeyOptions());
      expect([refused.status, (await errorOf(refused)).code]).toEqual([409, 'not-allowed-now']);
    } finally {
      await elsewhere.close();
    }
  });
});

describe('a passkey', () => {
  it('is renamed and removed by its person, and by nobody else but an admin', async () => {
    const [oscar, ada] = [await server.signIn('oscar'), await server.signIn('ada')];
    const { passkey } = await addPasskey(oscar);
    const vera = await server.signIn('ada');
    const { id } = passkey;
    const renamed = await oscar.put(paths.passkey(id), { body: { name: 'Key ring' } });
    expect(await renamed.json()).toMatchObject({ id, name: 'Key ring' });
    const listed = (await (await ada.get(paths.everyonesPasskeys())).json()) as { passkeys: object[] };
    expect(listed.passkeys).toContainEqual(expect.objectContaining({ id, person: 'oscar' }));
    expect((await oscar.get(paths.everyonesPasskeys())).status).toBe(403);
    expect((await ada.del(paths.passkey(id))).status).toBe(204);
    expect((await vera.del(paths.passkey(id))).status).toBe(404);
    const { entries } = await server.activity.page({ limit: 5, action: 'passkey' });
    expect(entries[0]).toMatchObject({
      actor: 'ada',
      action: 'passkey.remove',
      subject: { name: 'Key ring' },
      detail: 'Of oscar.',
    });
  });

  it('is nothing that others can see, change or use by its id', async () => {
    const oscar = await server.signIn('oscar');
    const { passkey } = await addPasskey(oscar);
    const vera = await startTestServer({ beside: server, env: { PASSKEYS: 'off', PUBLIC_URL } });
    try {
      const other = await vera.signIn('vera');
      for (const answer of [
        await other.put(paths.passkey(passkey.id), { body: { name: 'mine' } }),
        await other.del(paths.passkey(passkey.id)),
      ]) {
        expect(answer.status).toBe(404);
      }
    } finally {
      await vera.close();
    }
    expect((await listOf(oscar)).passkeys).toEqual([passkey]);
    await oscar.del(paths.passkey(passkey.id));
  });
});
