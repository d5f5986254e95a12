import { paths } from '@cyclorama/shared/paths.ts';
import { robotAccount } from '@cyclorama/shared/robot-access.ts';
import { bookingsResponse } from '@cyclorama/shared/robots.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { insertBooking } from '../../../store/bookings.ts';
import { bookingRow } from '../../../testing/builders/bookings.ts';
import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { accountChangeRefusal } from './account-change.ts';

let server: TestServer;
let ada: Browser;
let theirs: string;
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signIn('ada');
  theirs = await server.simulator.rerobots.issueToken({ user: 'orchard-lab' });
});
afterAll(() => server.close());

const confirm = 'use another account';
const setToken = (body: object): Promise<Response> => ada.put(paths.robotAccountToken(), { body });
const userName = async (): Promise<string | null> =>
  robotAccount.parse(await (await ada.get(paths.robotAccount())).json()).userName;

it('refuses a token of another account, names both, and sets it once that is confirmed', async () => {
  const row = bookingRow({ state: 'queued', upstream_id: 'r', sent_at: 1, account: 'cyclorama' });
  const step = {
    at: 1,
    from_state: null,
    to_state: 'queued',
    actor: null,
    cause: 'c',
    answer: null,
  } as const;
  await insertBooking(server.store.db, row, step);
  const refused = await setToken({ token: theirs });
  const { code, message, field, hint } = await errorOf(refused);
  expect([refused.status, code, field]).toEqual([409, 'conflict', 'body.confirm']);
  expect(message).toBe(
    'This token belongs to account orchard-lab, the one in use to cyclorama. Nothing was changed.',
  );
  expect(hint).toContain(
    'One open booking of cyclorama can’t be seen or ended until a token of cyclorama is set',
  );
  expect(await userName()).toBe('cyclorama');
  expect((await setToken({ token: theirs, confirm: 'yes' })).status).toBe(400);

  expect((await setToken({ token: theirs, confirm })).status).toBe(200);
  expect(await userName()).toBe('orchard-lab');
  const again = await server.simulator.rerobots.issueToken({ user: 'orchard-lab', lifetimeSeconds: 86_400 });
  expect((await setToken({ token: again })).status).toBe(200);
});

it('takes a token of the first account back after the same question', async () => {
  const ours = await server.simulator.rerobots.issueToken({ user: 'cyclorama', lifetimeSeconds: 86_400 });
  expect((await errorOf(await setToken({ token: ours }))).message).toContain('the one in use to orchard-lab');
  expect((await setToken({ token: ours, confirm })).status).toBe(200);
  const { bookings } = bookingsResponse.parse(await (await ada.get(paths.bookings())).json());
  expect(bookings.every(({ state }) => state === 'queued')).toBe(true);
});

it.each([
  ['none is in use and nothing is open', { userName: 'b', inUse: null, open: new Map() }, null],
  [
    'none is in use and its own bookings are open',
    { userName: 'b', inUse: null, open: new Map([['b', 1]]) },
    null,
  ],
  ['none is in use and another’s are open', { userName: 'b', inUse: null, open: new Map([['a', 2]]) }, 'a'],
  ['it is the one in use', { userName: 'a', inUse: 'a', open: new Map([['b', 1]]) }, null],
  ['it names nobody', { userName: null, inUse: 'a', open: new Map() }, 'a'],
])('where %s', (_, change, other) => {
  const hint = accountChangeRefusal(change)?.hint;
  expect(hint === undefined ? null : /Set a token of (\w+)/.exec(hint)?.[1]).toBe(other);
});
