import type { Role } from '@cyclorama/shared/common.ts';
import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { apiOperations } from './http/api-operations.ts';
import { accessTable } from './testing/access-table.ts';
import type { AccessRow } from './testing/access-table.ts';
import { startAccessWalk } from './testing/access-walk.fixture.ts';
import type { AccessWalk } from './testing/access-walk.fixture.ts';

type Headers = Record<string, string>;
type Outcome = 'allowed' | ErrorCode;
type Way = {
  headers: Headers;
  expected: Outcome;
  /** Six minutes after the sign-in. */
  later?: true;
  /** Whose object is asked for. */
  owner: 'vera' | 'oscar' | 'ada';
};

const people = { viewer: 'vera', operator: 'oscar', admin: 'ada' } as const;
const roles: readonly Role[] = ['viewer', 'operator', 'admin'];
const forgedToken = { authorization: `Bearer cyc_${'A'.repeat(60)}` };

let walk: AccessWalk;
beforeAll(async () => {
  walk = await startAccessWalk();
}, 30_000);
afterAll(() => walk.close());

describe('the table of access', () => {
  it('has a row for everything the server answers, and no other', () => {
    const answered = apiOperations(walk.server.features).map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`,
    );
    expect(Object.keys(accessTable).toSorted()).toEqual(answered.toSorted());
  });

  it('says of everything that asks for a confirmation that it does', () => {
    const asking = apiOperations(walk.server.features)
      .filter(({ confirm }) => confirm === true)
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const said = Object.entries(accessTable).flatMap(([name, { confirm }]) => (confirm ? [name] : []));
    expect(asking.toSorted()).toEqual(said.toSorted());
  });

  it('has a row for each route that a router adds by itself', () => {
    const pass = (): void => undefined;
    const gate = {
      requireSession: pass,
      requireAnySession: pass,
      requireCsrf: pass,
      requireConfirmation: pass,
    };
    const routers = walk.server.features.flatMap(
      ({ routers: behindStore = [], storelessRouters = [], unloggedRouters = [] }) => [
        ...[...behindStore, ...storelessRouters].map((make) => make(gate)),
        ...unloggedRouters,
      ],
    );
    const added = routers.flatMap(({ stack }) => stack.flatMap(({ route }) => (route ? [route] : [])));
    const names = added.flatMap(({ path, stack }) =>
      stack.map(({ method }) => `${method.toUpperCase()} ${path}`),
    );
    expect(names).toContain('POST /api/session');
    expect(Object.keys(accessTable)).toEqual(expect.arrayContaining(names));
  });

  it.each(Object.entries(accessTable))('%s', async (operation, row) => {
    const [method = '', path = ''] = operation.split(' ');
    const ways = Object.entries(waysIn(method, row));
    const tried = (list: typeof ways) =>
      Promise.all(list.map(async ([name, way]) => [name, await outcomeOf(method, path, row, way)]));
    const later = ways.filter(([, way]) => way.later === true);
    const got = [
      ...(await tried(ways.filter(([, way]) => way.later !== true))),
      ...(await walk.later(() => tried(later))),
    ];
    expect(Object.fromEntries(got)).toEqual(
      Object.fromEntries(ways.map(([name, { expected }]) => [name, expected])),
    );
  });
});

function waysIn(method: string, row: AccessRow): Record<string, Way> {
  const { operator, admin } = walk.roles;
  const unknown = row.who === 'anyone' ? 'allowed' : 'unauthenticated';
  const stranger = (headers: Headers): Way => ({ headers, expected: unknown, owner: 'ada' });
  const ways: Record<string, Way> = {
    'signed out': stranger({}),
    'expired session': stranger(walk.expired.session),
    'ended session': stranger(walk.ended.session),
    'forged session': stranger({ ...admin.session, cookie: forgedCookie(admin.session['cookie']) }),
    'expired token': stranger(walk.expired.token),
    'revoked token': stranger(walk.ended.token),
    'forged token': stranger(forgedToken),
    'forged token beside a session': stranger({ ...admin.session, ...forgedToken }),
  };
  const isOpen = row.who === 'anyone' || row.who === 'secret';
  const guarded = method !== 'GET' && (!isOpen || row.startsSession === true);
  if (guarded) Object.assign(ways, forgeries(row));
  for (const role of roles) {
    // Only a token has no other owner than its own.
    const owner = row.owned === 'token' ? people[role] : 'oscar';
    const { session, spareSession, token } = walk.roles[role];
    const headers = row.endsSession === true ? spareSession : session;
    ways[`${role}’s token`] = { headers: token, expected: expectedOf(role, row, true), owner };
    const expected = expectedOf(role, row, false);
    ways[`${role}’s session`] = { headers, expected, owner };
    if (row.confirm !== true) continue;
    ways[`${role}’s session, later`] = {
      headers,
      later: true,
      expected: expected === 'allowed' ? 'confirmation-needed' : expected,
      owner,
    };
  }
  if (row.owned === undefined) return ways;
  const others: Outcome = row.owned === 'token' ? 'not-found' : 'forbidden';
  const othersByToken: Outcome = row.sessionOnly === true ? 'forbidden' : others;
  ways['another’s, by session'] = { headers: operator.session, expected: others, owner: 'ada' };
  ways['another’s, by token'] = { headers: operator.token, expected: othersByToken, owner: 'ada' };
  return ways;
}

/** Another letter in the middle: the last one may hold no bit that counts. */
function forgedCookie(cookie = ''): string {
  const middle = cookie.length - 20;
  return cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1);
}

/** What another site could have an admin's browser send. */
function forgeries(row: AccessRow): Record<string, Way> {
  const { operator, admin } = walk.roles;
  const { cookie = '' } = admin.session;
  const forged = (headers: Headers): Way => ({
    headers: { ...admin.session, ...headers },
    expected: 'csrf',
    owner: 'ada',
  });
  const bySite = {
    'from another site': forged({ 'sec-fetch-site': 'cross-site' }),
    'from another origin': forged({ origin: 'https://evil.example' }),
  };
  if (row.startsSession === true) return bySite;
  return {
    ...bySite,
    'without CSRF token': { headers: { cookie }, expected: 'csrf', owner: 'ada' },
    'with another’s CSRF token': forged({ 'x-csrf-token': operator.session['x-csrf-token'] ?? '' }),
  };
}

function expectedOf(role: Role, { who, sessionOnly }: AccessRow, byToken: boolean): Outcome {
  if (who === 'anyone') return 'allowed';
  if (who === 'secret') return 'unauthenticated';
  if (who === 'nobody' || (byToken && sessionOnly === true)) return 'forbidden';
  return roleAllows(role, who) ? 'allowed' : 'forbidden';
}

/** The error's code where it says who may not, or that the row's request is no good; else it was let in. */
async function outcomeOf(
  method: string,
  template: string,
  row: AccessRow,
  { headers, owner }: Way,
): Promise<Outcome> {
  const path = await walk.pathOf(template, row, owner);
  const { status, code } = await walk.ask(method, path, headers, row.body);
  const refusals: (ErrorCode | null)[] = [
    'unauthenticated',
    'forbidden',
    'confirmation-needed',
    'csrf',
    'invalid-request',
    'internal',
    ...(row.owned === 'token' ? (['not-found'] as const) : []),
  ];
  expect([status, code]).not.toEqual([404, null]);
  return code !== null && refusals.includes(code) ? code : 'allowed';
}
