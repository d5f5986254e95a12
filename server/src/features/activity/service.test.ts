import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { errorOf, startTestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let vera: Browser;

beforeAll(async () => {
  server = await startTestServer({ simulator: { scenario: 'empty' } });
  vera = await server.signIn('vera');
  for (const id of ['i1', 'i2', 'i3']) {
    const subject = { kind: 'test', id, name: `thing ${id}` };
    await server.activity.record({ actor: 'oscar', action: 'test.made', subject, outcome: 'done' });
  }
});
afterAll(() => server.close());

type Page = { entries: { id: number; subject: { id: string } }[]; nextBefore: number | null };

describe('GET /api/activity', () => {
  it('gives the newest first, page by page to the end', async () => {
    const read = async (query: string): Promise<Page> =>
      (await (await vera.get(`/api/activity?action=test&${query}`)).json()) as Page;
    const first = await read('limit=2');
    expect(first.entries.map(({ subject }) => subject.id)).toEqual(['i3', 'i2']);
    const second = await read(`limit=2&before=${first.nextBefore}`);
    expect(second.entries.map(({ subject }) => subject.id)).toEqual(['i1']);
    expect(second.nextBefore).toBeNull();
  });

  it.each(['limit=0', 'limit=many', 'before=-1', 'outcome=perhaps', 'from=yesterday', 'way=door'])(
    'refuses %s and names the field',
    async (query) => {
      const answer = await vera.get(`/api/activity?${query}`);
      expect(answer.status).toBe(400);
      expect((await errorOf(answer)).field).toBe(`query.${query.split('=', 1)[0]}`);
    },
  );
});
