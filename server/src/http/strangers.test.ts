import type { Topology } from '@cyclorama/shared/topology.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { TestServer } from '../testing/server.fixture.ts';

const FOREIGN = 'vpn-3.internal:9443 of hub 4711 says no';
const refusal = (status: number) => ({
  api: 'cycle' as const,
  kind: 'status' as const,
  status,
  body: JSON.stringify({
    data: null,
    error: { status, code: `${status}.refused`, title: FOREIGN, detail: FOREIGN },
  }),
});

let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startTestServer({ clock: { now: () => now } });
});
afterAll(() => server.close());

describe('people who are signed in', () => {
  it('read the upstream’s reason', async () => {
    const ada = await server.signIn('ada');
    const running = await vi.waitFor(async () => {
      const { nodes } = (await (await ada.get('/api/topology')).json()) as Topology;
      const found = nodes.find((each) => each.kind === 'instance' && each.state.current === 'running');
      return found ?? Promise.reject(new Error('no instance yet'));
    }, 10_000);
    const undo = server.simulator.fail({ ...refusal(409), match: { method: 'POST' } });
    const answer = await ada.post(`/api/instances/${running.id}/tasks`, { body: { action: 'stop' } });
    undo();
    expect((await errorOf(answer)).message).toContain(FOREIGN);
  });
});

describe('people who are not signed in', () => {
  it.each([400, 403, 404, 409, 422, 500])('never read what Cycle says when it answers %i', async (status) => {
    const undo = server.simulator.fail(refusal(status));
    try {
      const answer = await server.signInAs('ada', server.password('ada'));
      const text = await answer.text();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain(FOREIGN);
      expect(text).toContain('The service that checks this');
    } finally {
      undo();
    }
  });

  it('read nothing of it from the health check either', async () => {
    const undo = server.simulator.fail(refusal(409));
    await vi.waitFor(async () => expect((await readyz()).cycle).toBe('stale'), 20_000);
    expect((await readyz()).text).not.toContain(FOREIGN);
    undo();
  });

  it('can’t make the store work by asking for its health', async () => {
    const pings = vi.spyOn(server.store.db, 'getExecutor');
    now += 10_000;
    await Promise.all(Array.from({ length: 50 }, readyz));
    const asked = pings.mock.calls.length;
    pings.mockRestore();
    expect(asked).toBeLessThan(10);
  });
});

async function readyz(): Promise<{ text: string; cycle: string }> {
  const text = await (await fetch(`${server.url}/readyz`)).text();
  return { text, cycle: (JSON.parse(text) as { cycle: string }).cycle };
}
