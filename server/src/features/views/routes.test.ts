import { paths } from '@cyclorama/shared/paths.ts';
import { pinsResponse, savedView, viewsResponse } from '@cyclorama/shared/views.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';

let server: TestServer;
let oscar: Browser;
let vera: Browser;
let ada: Browser;
beforeAll(async () => {
  server = await startTestServer();
  oscar = await server.signIn('oscar');
  vera = await server.signIn('vera');
  ada = await server.signIn('ada');
});
afterAll(() => server.close());

const save = (browser: Browser, name: string, shared = false) =>
  browser.post(paths.views(), { body: { name, search: 'problems=only&fill=age', shared } });
const made = async (browser: Browser, name: string, shared = false) =>
  savedView.parse(await (await save(browser, name, shared)).json());
const listed = async (browser: Browser) =>
  viewsResponse.parse(await (await browser.get(paths.views())).json()).views.map(({ name }) => name);

describe('a saved view', () => {
  it('is its owner’s alone until it is shared, and the owner’s come first', async () => {
    await made(oscar, 'Nightly');
    await made(oscar, 'All hands', true);
    await made(vera, 'Zoo');
    expect(await listed(oscar)).toEqual(['All hands', 'Nightly']);
    expect(await listed(vera)).toEqual(['Zoo', 'All hands']);
  });

  it('keeps what its address said, and is on record', async () => {
    const view = await made(oscar, 'Problems by age');
    expect(view).toMatchObject({ owner: 'oscar', search: 'problems=only&fill=age', shared: false });
    const { entries } = await server.activity.page({ limit: 50, action: 'view' });
    expect(entries).toContainEqual(
      expect.objectContaining({ actor: 'oscar', action: 'view.save', outcome: 'done' }),
    );
  });

  it('has a name of its own among its owner’s', async () => {
    await made(oscar, 'Twice');
    const again = await save(oscar, ' Twice ');
    expect([again.status, (await errorOf(again)).message]).toEqual([
      409,
      'You have a view of this name already. Nothing was saved.',
    ]);
    expect((await save(vera, 'Twice')).status).toBe(201);
  });

  it('is refused where it is no address, without touching what is saved', async () => {
    const before = await listed(oscar);
    const bad = await oscar.post(paths.views(), { body: { name: 'x', search: 'a#b' } });
    expect([bad.status, (await errorOf(bad)).field]).toEqual([400, 'body.search']);
    expect(await listed(oscar)).toEqual(before);
  });

  it('is deleted by its owner or an admin, by nobody else', async () => {
    const shared = await made(oscar, 'Shared', true);
    const own = await made(oscar, 'Own');
    expect((await vera.del(paths.view(shared.id))).status).toBe(403);
    expect((await vera.del(paths.view(own.id))).status).toBe(404);
    expect((await oscar.del(paths.view(own.id))).status).toBe(204);
    expect((await ada.del(paths.view(shared.id))).status).toBe(204);
    expect(await listed(vera)).not.toContain('Shared');
  });

  it('is saved once by a request that comes twice', async () => {
    const headers = { 'idempotency-key': 'saved-view-once' };
    const body = { name: 'Once', search: '', shared: false };
    const first = await oscar.post(paths.views(), { body, headers });
    const second = await oscar.post(paths.views(), { body, headers });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(savedView.parse(await second.json()).id).toBe(savedView.parse(await first.json()).id);
  });
});

describe('a pin', () => {
  it('is its person’s, in the order they pinned, and once', async () => {
    const pins = async (browser: Browser) =>
      pinsResponse.parse(await (await browser.get(paths.pins())).json()).pins;
    for (const id of ['n2', 'n1', 'n2']) expect((await oscar.put(paths.pin(id))).status).toBe(204);
    expect([...(await pins(oscar))].sort()).toEqual(['n1', 'n2']);
    expect(await pins(vera)).toEqual([]);
    expect((await oscar.del(paths.pin('n2'))).status).toBe(204);
    expect(await pins(oscar)).toEqual(['n1']);
  });
});
