import type { Browser, Page } from '@playwright/test';

import { csrfHeaders } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import type { List } from '../lists.ts';
import { expectFits, expectFitsEverywhere, regionOf } from '../lists.ts';
import { title } from '../page.ts';
import { stateOf } from '../world.ts';

const lists = [
  { path: '/containers', name: 'Containers' },
  { path: '/instances', name: 'Instances' },
  { path: '/topology?view=table', name: 'Nodes of the environment' },
  { path: '/functions', name: 'Pools', action: true },
  { path: '/functions?view=claims&state=all', name: 'Claims', action: true },
  { path: '/robots', name: 'Robots', action: true },
  { path: '/team', name: 'People' },
  { path: '/access-tokens', name: 'Access tokens', action: true },
  { path: '/sessions', name: 'Sessions' },
  { path: '/alerts?view=rules', name: 'Alert rules', action: true },
  { path: '/activity', name: 'Activity' },
] as const;

let furnished: World | null = null;

// Once a world: a claim of each test would use up the container's instances.
test.beforeEach(async ({ page, world, signInAs }) => {
  await signInAs('admin');
  if (furnished === world) return;
  const headers = await csrfHeaders(page);
  const { ids } = await stateOf(world);
  const claim = { containerId: ids.containers['render'], spawn: {}, releaseAfterSeconds: 3600 };
  const claimed = await page.request.post('/api/claims', { data: claim, headers });
  expect(claimed.status(), await claimed.text()).toBe(201);
  const token = { name: 'a script with a name of more than a few words' };
  expect((await page.request.post('/api/access-tokens', { data: token, headers })).status()).toBe(201);
  furnished = world;
});

async function open(page: Page, list: List, path: string): Promise<void> {
  await page.goto(path);
  await expect(regionOf(page, list).locator('[data-name]').first()).toBeVisible({ timeout: 30_000 });
}

for (const list of lists) {
  test(`${list.name} fits every width and a sheet of paper`, async ({ page }) => {
    await open(page, list, list.path);
    await expectFitsEverywhere(page, list);
  });
}

test('the instances of a container fit every width and a sheet of paper', async ({ page, world }) => {
  const { ids } = await stateOf(world);
  const list = { name: 'Instances of API' };
  await open(page, list, `/containers/${ids.containers['api']}`);
  await expectFitsEverywhere(page, list);
});

test('bookings and who holds them fit every width and a sheet of paper', async ({ page }) => {
  const wish = { type: 'null', reserve: true, expiresInSeconds: 1800 };
  const booking = await made(page, '/api/bookings', wish);
  for (const [path, name] of [
    ['/robots', 'Bookings'],
    ['/robots?view=team', 'Holders|Waiting'],
  ] as const) {
    await open(page, { name }, path);
    await expectFitsEverywhere(page, { name, action: path === '/robots' });
  }
  const at = `/api/bookings/${booking}`;
  const headers = await csrfHeaders(page);
  // Ready or starting, or still waiting in the queue.
  const ended = await page.request.post(`${at}/terminate`, { headers });
  if (!ended.ok()) expect((await page.request.post(`${at}/cancel`, { headers })).ok()).toBe(true);
});

test('batches fit every width and a sheet of paper', async ({ page, world }) => {
  const { ids } = await stateOf(world);
  const runs = { containerId: ids.containers['render'], releaseAfterSeconds: 600, count: 2, concurrency: 1 };
  const batch = await made(page, '/api/claim-batches', runs);
  const list = { name: 'Batches', action: true };
  await open(page, list, '/functions?view=batches');
  await expectFitsEverywhere(page, list);
  const headers = await csrfHeaders(page);
  const stop = await page.request.post(`/api/claim-batches/${batch}/stop`, {
    data: { release: true },
    headers,
  });
  expect(stop.ok()).toBe(true);
});

/** Its id. */
async function made(page: Page, path: string, data: object): Promise<string> {
  const answer = await page.request.post(path, { data, headers: await csrfHeaders(page) });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { id: string }).id;
}

test('what has no room is in the row’s details, by mouse and by keyboard', async ({ page }) => {
  const [list] = lists;
  await page.setViewportSize({ width: 768, height: 900 });
  await open(page, list, list.path);
  const region = regionOf(page, list);
  await expect(region.getByRole('columnheader', { name: 'Public network' })).toHaveCount(0);
  await region.getByRole('button', { name: 'Details' }).first().click();
  await expect(region.getByRole('term').filter({ hasText: 'Public network' })).toBeVisible();
  // Rows may trade places meanwhile.
  await region.getByRole('button', { name: 'Details', expanded: true }).click();
  await expect(region.getByRole('term')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Filter containers' }).press('Enter');
  await page.keyboard.press('e');
  await expect(region.getByRole('term').filter({ hasText: 'Public network' })).toBeVisible();
});

test('headings stand in one place on every page', async ({ page }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const places = new Set<string>();
    for (const path of [...lists.map((list) => list.path), '/', '/telemetry', '/functions']) {
      await page.goto(path);
      await expect(title(page)).toBeVisible();
      const { x, y } = (await title(page).boundingBox()) ?? { x: 0, y: 0 };
      places.add(`${x},${y}`);
    }
    expect([...places], `${width} px`).toHaveLength(1);
  }
});

test('at 200 % zoom a name still has room, and an action is there', async ({ browser, world, signInAs }) => {
  const page = await zoomed(browser, world.url);
  await signInAs('admin', page);
  for (const list of lists) {
    await open(page, list, list.path);
    await expectFits(page, list, list.name);
  }
  await page.context().close();
});

/** Zoom halves the window and doubles the pixels. */
async function zoomed(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
  });
  return context.newPage();
}
