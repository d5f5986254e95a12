import { paths } from '@cyclorama/shared/paths.ts';
import { booking, bookingsResponse, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let viewer: Browser;
let operator: Browser;
let admin: Browser;
let deploymentId: string;
let otherId: string;

beforeAll(async () => {
  server = await startTestServer();
  [viewer, operator, admin] = await Promise.all([
    server.signIn('vera'),
    server.signIn('oscar'),
    server.signIn('ada'),
  ]);
  [deploymentId, otherId] = await vi.waitFor(async () => {
    const answer = await viewer.get(`${paths.deployments()}?maxlen=0`);
    const { deployments } = deploymentsResponse.parse(await answer.json());
    const [one, other] = deployments.filter((deployment) => deployment.online);
    if (!one || !other) throw new Error('not enough robots are known to be free yet');
    return [one.id, other.id];
  }, 8_000);
});
afterAll(() => server.close());

describe('GET /api/robots/deployments', () => {
  it('requires a session and well-formed filters, and searches as rerobots does', async () => {
    expect((await fetch(server.url + paths.deployments())).status).toBe(401);
    for (const wrong of ['-1', 'abc', 'U', '1.5', '']) {
      const answer = await viewer.get(`${paths.deployments()}?maxlen=${wrong}`);
      const { field, message } = await errorOf(answer);
      expect([answer.status, field]).toEqual([400, 'query.maxlen']);
      expect(message).toContain('expected u (no limit) or a whole number from 0');
    }
    const one = deploymentsResponse.parse(
      await (await viewer.get(`${paths.deployments()}?types=null`)).json(),
    );
    expect(new Set(one.deployments.map((deployment) => deployment.type))).toEqual(new Set(['null']));
    expect(one.types.length).toBeGreaterThan(1);
    const found = async (query: string) => {
      const { deployments } = deploymentsResponse.parse(
        await (await viewer.get(paths.deployments() + query)).json(),
      );
      return deployments.map(({ id }) => id);
    };
    expect(await found('?maxlen=u')).toEqual(await found(''));
    const proxied = await viewer.get('/api/proxy/rerobots/deployments?maxlen=u');
    expect([proxied.status, await proxied.json()]).toMatchObject([200, { page_count: 1 }]);
  });
});

describe('POST /api/bookings', () => {
  it('requires a session, exactly one target and an operator', async () => {
    expect((await fetch(server.url + paths.bookings(), { method: 'POST' })).status).toBe(401);
    for (const body of [{}, { deploymentId, type: 'null' }, { deploymentId: 'robot' }]) {
      const answer = await operator.post(paths.bookings(), { body });
      expect([answer.status, (await errorOf(answer)).field]).toEqual([400, 'body.deploymentId']);
    }
    expect((await viewer.post(paths.bookings(), { body: { deploymentId } })).status).toBe(403);
  });

  it('books once; a second booking is a conflict, another person may not end it, an admin may', async () => {
    const answer = await operator.post(paths.bookings(), { body: { deploymentId } });
    expect(answer.status).toBe(201);
    const { id } = booking.parse(await answer.json());
    await expect
      .poll(async () => (await operator.post(paths.bookings(), { body: { deploymentId } })).status, {
        timeout: 8_000,
      })
      .toBe(409);
    const { bookings } = bookingsResponse.parse(await (await viewer.get(paths.bookings())).json());
    expect(bookings.find((one) => one.id === id)).toMatchObject({ owner: 'oscar', state: 'starting' });
    expect((await operator.post(paths.bookingCancel(id))).status).toBe(409);
    expect((await viewer.post(paths.bookingTerminate(id))).status).toBe(403);
    const ended = booking.parse(await (await admin.post(paths.bookingTerminate(id))).json());
    expect(ended).toMatchObject({ state: 'starting', terminationRequested: true });
    expect((await operator.get(paths.booking('not-a-uuid'))).status).toBe(400);
  });

  it('names rerobots if it refuses the token', async () => {
    server.simulator.happen({ kind: 'token.revoke' });
    const answer = await operator.post(paths.bookings(), { body: { deploymentId: otherId } });
    expect(answer.status).toBe(502);
    expect(await errorOf(answer)).toMatchObject({ upstream: 'rerobots' });
  });
});
