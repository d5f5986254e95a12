import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { openDialog, quietRobot } from '../robots.ts';
import { fail } from '../world.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ signInAs, world }) => {
  await signInAs('operator');
  await world.control('POST', '/reset-counters');
});

/** Requests that reached the upstream since the test began. */
async function received(world: World, api: 'rerobots' | 'scheduler', name: RegExp): Promise<number> {
  const { requests } = (await world.control('GET', '/state')) as {
    requests: Record<string, Record<string, number>>;
  };
  return Object.entries(requests[api] ?? {})
    .filter(([each]) => name.test(each))
    .reduce((sum, [, count]) => sum + count, 0);
}
const launches = (world: World) => received(world, 'rerobots', /^POST \/new/);
const claimed = (world: World) => received(world, 'scheduler', /^POST .*\/claim$/);

type Row = { id: string; state: string };
const change = async (page: Page, path: string) => {
  const { csrfToken } = (await (await page.request.get('/api/session')).json()) as { csrfToken: string };
  return page.request.post(path, { data: {}, headers: { 'x-csrf-token': csrfToken } });
};
const listed = async (page: Page, path: string, key: 'bookings' | 'claims'): Promise<Row[]> =>
  ((await (await page.request.get(path)).json()) as Record<typeof key, (Row & { owner: string | null })[]>)[
    key
  ].filter(({ owner }) => owner === 'oscar');
const myBookings = (page: Page) => listed(page, '/api/bookings?state=open', 'bookings');
const myClaims = (page: Page) => listed(page, '/api/claims?state=all', 'claims');

/** Counts what the page sends from now on: the server may refuse a second booking of one robot for reasons of its own. */
function countPosts(page: Page, path: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === path) count += 1;
  });
  return () => count;
}

/** What a person may do to one button in a hurry. */
const presses: [string, (page: Page, button: Locator) => Promise<void>][] = [
  ['a double click', (_, button) => button.dblclick()],
  [
    'Enter pressed twice',
    async (page, button) => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
    },
  ],
  [
    'two taps',
    async (_, button) => {
      await button.tap();
      await button.tap({ force: true, timeout: 1_000 }).catch(() => undefined);
    },
  ],
  [
    'five clicks on a slow computer',
    async (page, button) => {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      await button.click({ clickCount: 5 });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    },
  ],
];

async function noKeyDialog(page: Page): Promise<Locator> {
  const dialog = await openDialog(page, await quietRobot(page, 'us:cali'));
  await dialog.getByRole('radio', { name: 'No key' }).check();
  return dialog.getByRole('button', { name: /^Book / });
}

test.describe('on a screen for fingers too', () => {
  test.use({ hasTouch: true });

  for (const [name, press] of presses) {
    test(`${name} on Book is one robot`, async ({ page, world }) => {
      const button = await noKeyDialog(page);
      const sent = countPosts(page, '/api/bookings');
      await press(page, button);
      await expect(page).toHaveURL(/\/robots\/bookings\//);
      expect(sent()).toBe(1);
      await expect.poll(() => launches(world)).toBe(1);
      const rows = await myBookings(page);
      expect(rows).toHaveLength(1);
      await endBookings(page);
      expect(await launches(world)).toBe(1);
    });

    test(`${name} on Claim is one instance`, async ({ page, world }) => {
      const before = (await myClaims(page)).length;
      await page.goto('/functions');
      await page.getByRole('button', { name: 'Claim Render' }).click();
      await press(page, page.getByRole('button', { name: 'Claim and spawn Render' }));
      await expect(page.getByRole('dialog', { name: /^Spawn / })).toContainText('Running with');
      expect(await claimed(world)).toBe(1);
      expect(await myClaims(page)).toHaveLength(before + 1);
      await change(page, '/api/claims/release-mine');
    });
  }
});

test('Book is busy and keeps the focus from the first press, while the answer takes long', async ({
  page,
  world,
}) => {
  const button = await noKeyDialog(page);
  await fail(world, {
    api: 'rerobots',
    kind: 'delay',
    ms: 3_000,
    match: { method: 'POST', pathPrefix: '/new' },
  });
  const sent = countPosts(page, '/api/bookings');
  await button.focus();
  await page.keyboard.press('Enter');
  // In the page and at once: what a person sees before anything was answered.
  const seen = await button.evaluate((element) => ({
    isBusy: element.getAttribute('aria-busy'),
    isOff: element.getAttribute('aria-disabled'),
    hasFocus: document.activeElement === element,
  }));
  expect(seen).toEqual({ isBusy: 'true', isOff: 'true', hasFocus: true });
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Enter');
  await button.dblclick({ force: true });
  await expect(page).toHaveURL(/\/robots\/bookings\//, { timeout: 30_000 });
  expect(sent()).toBe(1);
  expect(await launches(world)).toBe(1);
  await endBookings(page);
});

test('an answer that got lost and a second press are one robot', async ({ page, world }) => {
  const button = await noKeyDialog(page);
  let isLost = false;
  await page.route('**/api/bookings', async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.fallback();
    isLost = true;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await button.click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('can’t be reached');
  await expect.poll(() => launches(world)).toBe(1);
  await button.click();
  await expect(page).toHaveURL(/\/robots\/bookings\//);
  expect(await launches(world)).toBe(1);
  expect(await myBookings(page)).toHaveLength(1);
  await endBookings(page);
});

/** Also waits until they are over, for the next test books the same robot. */
async function endBookings(page: Page): Promise<void> {
  await expect(async () => {
    const open = await myBookings(page);
    for (const { id, state } of open) {
      if (state !== 'terminating') await change(page, `/api/bookings/${id}/terminate`);
    }
    expect(open).toHaveLength(0);
  }).toPass({ timeout: 60_000 });
}
