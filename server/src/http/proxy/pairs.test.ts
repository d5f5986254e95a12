import { accessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { catalogue } from '@cyclorama/shared/catalogue.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';
import type { Route } from '../route.ts';

const ROLES: Role[] = ['viewer', 'operator', 'admin'];
/** Routes beside what upstreams do themselves: no operation of the proxy does the same. */
const WITHOUT_OPERATION = [
  'POST /api/claims/:id/reveal',
  'POST /api/environment/variables/:name/reveal',
  'PUT /api/robots/account/token',
];
const ABOUT_UPSTREAMS =
  /^\w+ \/api\/(robots|bookings|claims|claim-batches|environment|functions|hub|instances|containers|jobs|monitoring|object-cache)\b/;

let server: TestServer;
let routes: Map<string, Route>;
beforeAll(async () => {
  server = await startTestServer();
  routes = new Map(
    server.features
      .flatMap((feature) => feature.routes ?? [])
      .map((route) => [`${route.method.toUpperCase()} ${route.path}`, route]),
  );
});
afterAll(() => server.close());

const pairs = catalogue.flatMap(({ route, ...operation }) =>
  route === null ? [] : [{ ...operation, route }],
);
const changesSent = (): string[] =>
  Object.values(server.simulator.requests())
    .flatMap((counts) => Object.keys(counts))
    .filter((address) => /^(POST|DELETE) .*(power|revoke|purge|rule|lockout|vpn\/0)/.test(address));

describe('an operation and the route for the same', () => {
  it.each(pairs)('$id is for whom $route is', ({ route, ...operation }) => {
    const { role = 'admin', sessionOnly = false, confirm = false } = routes.get(route) ?? {};
    expect([...routes.keys()]).toContain(route);
    expect(ROLES.indexOf(operation.role)).toBeGreaterThanOrEqual(ROLES.indexOf(role));
    if (!operation.proxied) return;
    expect({ sessionOnly: operation.sessionOnly, confirm: operation.confirm }).toEqual({
      sessionOnly,
      confirm,
    });
  });

  it('are paired wherever the route holds something back', () => {
    const guarded = [...routes]
      .filter(([, { sessionOnly, confirm, noStore }]) => sessionOnly ?? confirm ?? noStore ?? false)
      .map(([name]) => name)
      .filter((name) => ABOUT_UPSTREAMS.test(name));
    const paired = new Set(pairs.map(({ route }) => route));
    expect(guarded.filter((name) => !paired.has(name)).toSorted()).toEqual(WITHOUT_OPERATION);
  });
});

describe('what is only for a person at a browser', () => {
  it('is all that only admins may change, and all that is about power, tokens, rules and secrets', () => {
    const delicate = catalogue.filter(
      ({ changes, role, path, proxied }) =>
        proxied &&
        ((changes && role === 'admin') ||
          /power|revoke|purge|rule|lockout|sshkey|certificates|integrations|scoped-variables/.test(path)),
    );
    expect(delicate.length).toBeGreaterThan(12);
    expect(delicate.filter(({ sessionOnly }) => !sessionOnly)).toEqual([]);
  });

  it('is not done by the proxy with an admin’s access token, and nothing is sent', async () => {
    const ada = await server.signIn('ada');
    const made = await ada.post(paths.accessTokens(), {
      body: { name: 'all', role: 'admin', expiresInDays: 1 },
    });
    const { token } = accessTokenCreated.parse(await made.json());
    const reserved = catalogue.filter(({ sessionOnly, proxied }) => sessionOnly && proxied);
    for (const { upstream, method, path, id } of reserved) {
      const filled = path.replaceAll(/\{\w+\}/g, '0'.repeat(64));
      const answer = await fetch(server.url + paths.proxy(upstream, filled), {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      expect([id, answer.status, (await errorOf(answer)).message]).toEqual([
        id,
        403,
        'This can’t be done with an access token. Nothing was changed.',
      ]);
    }
    const vpn = await fetch(server.url + paths.bookingVpn('00000000-0000-4000-8000-000000000000'), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([vpn.status, (await errorOf(vpn)).code]).toEqual([403, 'forbidden']);
    expect(changesSent()).toEqual([]);
  });
});
