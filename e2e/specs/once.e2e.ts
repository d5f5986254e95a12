import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { change, ownRows, presses, received } from '../presses.ts';
import { openDialog, quietRobot } from '../robots.ts';
import { fail } from '../world.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ page, signInAs, world }) => {
  await signInAs('operator');
  // What another spec of this world left open.
  await endBookings(page);
  await world.control('POST', '/reset-counters');
});

const launches = (world: World) => received(world, 'rerobots', /^POST \/new/);

const myBookings = (page: Page) => ownRows(page, '/api/bookings?state=open', 'bookings');

/** Counts what the page sends from now on: the server may refuse a second booking of one robot for reasons of its own. */
function countPosts(page: Page, path: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === path) count += 1;
  });
  return () => count;
}

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
