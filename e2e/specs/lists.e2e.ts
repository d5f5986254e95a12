import type { Browser, Page } from '@playwright/test';

import { csrfHeaders } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { overflow, title } from '../page.ts';
import { stateOf } from '../world.ts';

const WIDTHS = [1920, 1440, 1280, 1024, 768, 390, 320];
const NAME_MIN = 160;

const lists = [
  { path: '/containers', name: 'Containers' },
  { path: '/instances', name: 'Instances' },
  { path: '/topology?view=table', name: 'Nodes of the environment' },
  { path: '/functions?view=claims&state=all', name: 'Claims', action: true },
  { path: '/robots', name: 'Robots', action: true },
  { path: '/team', name: 'People' },
  { path: '/access-tokens', name: 'Access tokens', action: true },
  { path: '/activity', name: 'Activity' },
] as const;
type List = (typeof lists)[number];

test.beforeEach(async ({ page, world, signInAs }) => {
  await signInAs('admin');
  const headers = await csrfHeaders(page);
  const { ids } = await stateOf(world);
  const claim = { containerId: ids.containers['render'], spawn: {}, releaseAfterSeconds: 600 };
  expect((await page.request.post('/api/claims', { data: claim, headers })).status()).toBe(201);
  const token = { name: 'a script with a name of more than a few words' };
  expect((await page.request.post('/api/access-tokens', { data: token, headers })).status()).toBe(201);
});

const regionOf = (page: Page, { name }: List) => page.getByRole('region', { name: `${name}, list` });

async function open(page: Page, list: List): Promise<void> {
  await page.goto(list.path);
  await expect(regionOf(page, list).locator('[data-name]').first()).toBeVisible();
}

async function expectFits(page: Page, list: List, at: string): Promise<void> {
  const region = regionOf(page, list);
  await expect
    .poll(() => region.evaluate((element) => element.scrollWidth - element.clientWidth), `${at}: list`)
    .toBeLessThanOrEqual(0);
  expect.soft(await overflow(page), `${at}: page`).toBe(0);
  const name = await region.locator('[data-name]').first().boundingBox();
  expect.soft(name?.width, `${at}: the name’s room`).toBeGreaterThanOrEqual(NAME_MIN);
  const cut = await region
    .locator('th')
    .evaluateAll((heads) =>
      heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.textContent),
    );
  expect.soft(cut, `${at}: heads that run into the next`).toEqual([]);
  if (!('action' in list)) return;
  const action = region.locator('[data-line]').first().getByRole('button').last();
  const [button, frame] = [await action.boundingBox(), await region.boundingBox()];
  expect.soft(button, `${at}: the action`).not.toBeNull();
  if (button === null || frame === null) return;
  expect
    .soft(button.x + button.width, `${at}: the action’s right edge`)
    .toBeLessThanOrEqual(frame.x + frame.width);
}

for (const list of lists) {
  test(`${list.name} fits every width and a sheet of paper`, async ({ page }) => {
    await open(page, list);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await expect(page.getByRole(width < 640 ? 'list' : 'table', { name: list.name })).toBeVisible();
      await expectFits(page, list, `${width} px`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ media: 'print' });
    await expectFits(page, list, 'print');
    await expect(
      page.getByRole('navigation', { name: 'Pages', exact: true }).filter({ visible: true }),
    ).toHaveCount(0);
    const box = await regionOf(page, list).evaluate((one) => one.scrollHeight - one.clientHeight);
    expect(box, 'rows that are not printed').toBe(0);
  });
}

test('what has no room is in the row’s details, by mouse and by keyboard', async ({ page }) => {
  const [list] = lists;
  await page.setViewportSize({ width: 768, height: 900 });
  await open(page, list);
  const region = regionOf(page, list);
  await expect(region.getByRole('columnheader', { name: 'Public network' })).toHaveCount(0);
  const first = region.getByRole('button', { name: 'Details' }).first();
  await first.click();
  await expect(region.getByRole('term').filter({ hasText: 'Public network' })).toBeVisible();
  await first.click();
  await expect(region.getByRole('term')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Filter containers' }).press('Enter');
  await page.keyboard.press('e');
  await expect(region.getByRole('term').filter({ hasText: 'Public network' })).toBeVisible();
});

test('headings stand in one place on every page', async ({ page }) => {
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const places = new Set<string>();
    for (const path of [...lists.map((list) => list.path), '/', '/telemetry', '/functions', '/sessions']) {
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
    await open(page, list);
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
