import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

import type { ErrorBody, ErrorCode } from '@cyclorama/shared/errors.ts';

import type { AccessRow } from './access-table.ts';
import { accessTokenRow } from './builders/access-tokens.ts';
import { batchRow } from './builders/batches.ts';
import { bookingRow } from './builders/bookings.ts';
import { claimRow } from './builders/claims.ts';
import { startTestServer } from './server.fixture.ts';
import type { Browser } from './server.fixture.ts';

const TWO_DAYS = 2 * 86_400_000;
const names = { viewer: 'vera', operator: 'oscar', admin: 'ada' } as const;
type Name = (typeof names)[keyof typeof names];
type Headers = Record<string, string>;

/** A session of the browser and an access token of the same role. */
export type WaysOf = { session: Headers; spareSession: Headers; token: Headers };
export type AccessWalk = Awaited<ReturnType<typeof startAccessWalk>>;

/** Nothing is reached upstream, so that what is allowed does nothing. */
export async function startAccessWalk() {
  let now = Date.now() - TWO_DAYS;
  const oidc = {
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'walk',
    PUBLIC_URL: 'http://dashboard.test',
  };
  const server = await startTestServer({
    clock: { now: () => now },
    env: { TRUST_PROXY: '1', COLLECT_SECRET: 's'.repeat(32), METRICS_TOKEN: 'm'.repeat(32), ...oidc },
  });
  const sessionOf = ({ cookie, csrfToken }: Browser): Headers => ({ cookie, 'x-csrf-token': csrfToken });
  const newToken = async (browser: Browser, role: string): Promise<{ id: string; headers: Headers }> => {
    const answer = await browser.post('/api/access-tokens', { body: { name: role, role, expiresInDays: 1 } });
    const { id, token } = (await answer.json()) as { id: string; token: string };
    return { id, headers: { authorization: `Bearer ${token}` } };
  };
  const waysOf = async (role: keyof typeof names): Promise<WaysOf> => {
    const browser = await server.signIn(names[role]);
    const spare = await server.signIn(names[role]);
    const { headers: token } = await newToken(browser, role);
    return {
      session: sessionOf(browser),
      spareSession: sessionOf(spare),
      token,
    };
  };

  const early = await server.signIn('ada');
  const expired = { session: sessionOf(early), token: (await newToken(early, 'admin')).headers };
  now = Date.now();
  const roles = {
    viewer: await waysOf('viewer'),
    operator: await waysOf('operator'),
    admin: await waysOf('admin'),
  };
  const leaving = await server.signIn('ada');
  const revoked = await newToken(leaving, 'admin');
  await leaving.del(`/api/access-tokens/${revoked.id}`);
  await leaving.del('/api/session');
  const ended = { session: sessionOf(leaving), token: revoked.headers };
  for (const api of ['cycle', 'scheduler', 'rerobots', 'platform'] as const)
    server.simulator.fail({ api, kind: 'refuse' });

  const { db } = server.store;
  const owned: Record<NonNullable<AccessRow['owned']>, (owner: Name) => Promise<string>> = {
    async claim(owner) {
      const row = claimRow({ id: randomUUID(), owner, state: 'released', ended_at: now });
      await db.insertInto('claims').values(row).execute();
      return row.id;
    },
    async batch(owner) {
      const row = batchRow({ id: randomUUID(), owner, state: 'done', ended_at: now });
      await db.insertInto('claim_batches').values(row).execute();
      return row.id;
    },
    async booking(owner) {
      const row = bookingRow({ id: randomUUID(), owner, state: 'terminated', ended_at: now });
      await db.insertInto('bookings').values(row).execute();
      return row.id;
    },
    async instance(owner) {
      const upstream_id = randomUUID();
      const row = bookingRow({ id: randomUUID(), owner, state: 'ready', upstream_id, requested_at: now });
      await db.insertInto('bookings').values(row).execute();
      return upstream_id;
    },
    async token(owner) {
      const row = accessTokenRow({ id: randomUUID(), owner, prefix: randomUUID().slice(0, 8) });
      await db.insertInto('access_tokens').values(row).execute();
      return row.id;
    },
  };

  let address = 0;
  return {
    server,
    roles,
    expired,
    ended,
    /** Where the row's objects have owners, a new one is made. */
    async pathOf(template: string, row: AccessRow, owner: Name): Promise<string> {
      const object = row.owned === undefined ? randomUUID() : await owned[row.owned](owner);
      const path = template.replaceAll(/:(\w+)/g, (_all, name: string) => {
        if (name === 'sha256') return 'f'.repeat(64);
        return template.startsWith('/api/functions') ? 'f'.repeat(24) : object;
      });
      return row.query === undefined ? path : `${path}?${row.query}`;
    },
    /** Each from an address of its own, so that no limit is met. */
    ask(method: string, path: string, headers: Headers, body?: unknown): Promise<Answer> {
      address += 1;
      const from = `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`;
      const sent: Headers = { 'x-forwarded-for': from, ...headers };
      if (body !== undefined) sent['content-type'] = 'application/json';
      return send(server.url + path, { method, headers: sent }, body);
    },
    /** Six minutes later: nobody's last authentication is recent then. */
    async later<T>(work: () => Promise<T>): Promise<T> {
      now += 6 * 60_000;
      try {
        return await work();
      } finally {
        now -= 6 * 60_000;
      }
    },
    close: () => server.close(),
  };
}

export type Answer = { status: number; code: ErrorCode | null };

/** Of a stream only the start is read. */
function send(url: string, options: { method: string; headers: Headers }, body: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const { statusCode: status = 0 } = response;
      if (response.headers['content-type']?.startsWith('text/event-stream')) {
        sent.destroy();
        resolve({ status, code: null });
        return;
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = status < 400 ? '' : Buffer.concat(chunks).toString();
        const code = text.startsWith('{') ? (JSON.parse(text) as Partial<ErrorBody>).error?.code : undefined;
        resolve({ status, code: code ?? null });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
