import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../testing/server.fixture.ts';
import type { TestServer } from '../testing/server.fixture.ts';

type Line = {
  level: string;
  msg: string;
  req?: { id: string; method: string; path: string };
  res?: { status: number };
  person?: string;
  outcome?: string;
  code?: string;
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Lines are written shortly after the answer. */
async function linesOf(requestId: string | null): Promise<Line[]> {
  const find = (): Line[] =>
    server
      .log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ req }) => req?.id === requestId);
  await vi.waitFor(() => expect(find()).not.toEqual([]));
  return find();
}

it('has one line for each sign-in, accepted with the person, refused with nothing that was typed', async () => {
  const accepted = await server.signInAs('ada', server.password('ada'));
  expect(await linesOf(accepted.headers.get('x-request-id'))).toEqual([
    expect.objectContaining({ level: 'info', person: 'ada', outcome: 'done', res: { status: 200 } }),
  ]);
  const refused = await server.signInAs('needle-in-name', 'needle-in-password');
  expect(await linesOf((await errorOf(refused)).requestId)).toEqual([
    expect.objectContaining({
      level: 'info',
      outcome: 'refused',
      code: 'sign-in-refused',
      res: { status: 401 },
    }),
  ]);
  expect(server.log()).not.toMatch(/needle-in-(name|password)/);
});

it('has one line for each change and each refusal, found by the id in the answer', async () => {
  const ada = await server.signIn('ada');
  const path = '/api/access-tokens';
  const made = await ada.post(path, { body: { name: 'needle-in-body', role: 'viewer' } });
  expect(made.status).toBeLessThan(300);
  const { token } = (await made.clone().json()) as { token: string };
  expect(token).toMatch(/^cyc_/);
  expect(await linesOf(made.headers.get('x-request-id'))).toEqual([
    expect.objectContaining({
      level: 'info',
      person: 'ada',
      outcome: 'done',
      req: { id: made.headers.get('x-request-id'), method: 'POST', path },
    }),
  ]);
  const refused = await ada.post(path, { body: { nonsense: 'needle-in-body' } });
  expect(await linesOf((await errorOf(refused)).requestId)).toEqual([
    expect.objectContaining({ level: 'info', person: 'ada', outcome: 'refused', code: 'invalid-request' }),
  ]);
  const unknown = await fetch(`${server.url}/api/nope?secret=needle-in-query`);
  expect(await linesOf((await errorOf(unknown)).requestId)).toEqual([
    expect.objectContaining({ level: 'info', outcome: 'refused', code: 'not-found', res: { status: 404 } }),
  ]);
  for (const secret of ['needle-in-body', 'needle-in-query', token, ada.cookie, ada.csrfToken])
    expect(server.log()).not.toContain(secret);
});

it('has reads for debugging only', async () => {
  const ada = await server.signIn('ada');
  const read = await ada.get('/api/upstreams');
  expect(await linesOf(read.headers.get('x-request-id'))).toEqual([
    expect.objectContaining({ level: 'debug', outcome: 'done' }),
  ]);
});
