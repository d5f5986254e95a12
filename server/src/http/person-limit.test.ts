import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SignedIn } from '../lib/person.ts';
import { headOf, openRawSocket } from '../testing/raw-socket.fixture.ts';
import type { RawSocket } from '../testing/raw-socket.fixture.ts';
import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { Browser, TestServer } from '../testing/server.fixture.ts';
import { createPersonLimit } from './person-limit.ts';

let server: TestServer;
let oscar: Browser;
let token: string;
const open: RawSocket[] = [];
beforeAll(async () => {
  server = await startTestServer({ env: { STREAMS_PER_PERSON: '12' } });
  oscar = await server.signIn('oscar');
  const body = { name: 'ci', role: 'operator', expiresInDays: 30 };
  const made = await oscar.post('/api/access-tokens', { body });
  ({ token } = (await made.json()) as { token: string });
});
afterAll(async () => {
  for (const { socket } of open) socket.destroy();
  await server.close();
});

async function stream(headers: Record<string, string>): Promise<RawSocket> {
  const raw = openRawSocket(server.url, headOf('GET', '/api/events', headers));
  open.push(raw);
  await raw.waitFor('\r\n\r\n');
  return raw;
}
const statusOf = (raw: RawSocket): string | undefined => raw.text().split(' ', 2)[1];

it('a person and an access token have a limit of event streams, and nobody else waits for them', async () => {
  const byToken = { Authorization: `Bearer ${token}` };
  expect([statusOf(await stream(byToken)), statusOf(await stream(byToken))]).toEqual(['200', '200']);
  const third = await stream(byToken);
  await third.waitFor('requestId');
  expect(third.text()).toMatch(/^HTTP\/1.1 429 /);
  expect(third.text()).toMatch(/^retry-after: 30/im);
  expect(third.text()).toContain('This access token has 2 event streams open');

  const mine = { Cookie: oscar.cookie };
  const streams: RawSocket[] = [];
  for (let opened = 0; opened < 10; opened += 1) streams.push(await stream(mine));
  expect(streams.map(statusOf)).toEqual(Array.from({ length: 10 }, () => '200'));
  const beyond = await stream(mine);
  await beyond.waitFor('requestId');
  expect(beyond.text()).toMatch(/^HTTP\/1.1 429 /);
  expect(beyond.text()).toContain('You have 12 event streams open, the most allowed at a time.');

  const vera = await server.signIn('vera');
  expect(statusOf(await stream({ Cookie: vera.cookie }))).toBe('200');

  streams[0]?.socket.destroy();
  await expect.poll(async () => statusOf(await stream(mine))).toBe('200');
});

it('a person has a limit of running batches', async () => {
  const body = {
    containerId: server.simulator.env['SIM_FUNCTION_CONTAINER'],
    count: 1000,
    concurrency: 1,
    releaseAfterSeconds: 3600,
  };
  for (let made = 0; made < 20; made += 1)
    expect((await oscar.post('/api/claim-batches', { body })).status).toBe(201);
  const beyond = await oscar.post('/api/claim-batches', { body });
  const error = await errorOf(beyond);
  expect([beyond.status, beyond.headers.get('retry-after')]).toEqual([429, '30']);
  expect(error.message).toBe(
    'You have 20 batches running, the most allowed at a time. No batch was started.',
  );
  const ada = await server.signIn('ada');
  expect((await ada.post('/api/claim-batches', { body })).status).toBe(201);
});

it('downloads in one after another have no limit, and free their place', async () => {
  for (let done = 0; done < 10; done += 1) {
    const answer = await oscar.get('/api/claims/export?format=csv');
    expect(answer.status).toBe(200);
    await answer.text();
  }
});

describe('a limit', () => {
  const person: SignedIn = {
    id: 's',
    name: 'oscar',
    role: 'operator',
    way: 'vpn',
    csrfToken: '',
    expiresAt: 0,
    confirmedAt: 0,
    withPasskey: false,
    passkeyNeeded: false,
  };
  const script: SignedIn = { ...person, id: 'token 1', way: 'access-token' };
  const limit = () =>
    createPersonLimit({ what: 'downloads', perPerson: 2, perToken: 1, retryAfterSeconds: 10 });

  it('counts what a person does by all ways together', () => {
    const downloads = limit();
    downloads.enter(script);
    downloads.enter(person);
    expect(() => downloads.enter(person)).toThrow('You have 2 downloads open');
    expect(() => downloads.enter(script)).toThrow('You have 2 downloads open');
  });

  it('leaves a place once, however often it is told', () => {
    const downloads = limit();
    const leave = downloads.enter(person);
    downloads.enter(person);
    leave();
    leave();
    downloads.enter(person);
    expect(downloads.allows(person)).toBe(false);
  });
});
