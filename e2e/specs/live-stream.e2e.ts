import type { Locator, Page } from '@playwright/test';

import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';
import { startRelay } from '../relay.ts';
import { happen } from '../world.ts';

test.describe.configure({ timeout: 120_000 });
test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

const word = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^(Live|Delayed|Offline|Connecting)/ });
const told = { timeout: 30_000 };
const rightAgain = { timeout: 10_000 };

test('a frozen server shows within half a minute, and the page is correct again soon after', async ({
  page,
  world,
}) => {
  await page.goto('/instances');
  await expect(word(page)).toHaveText('Live');
  world.freezeServer();
  await expect(word(page)).toHaveText(/^Offline \d+ s/, told);
  await expect(page.getByRole('status').filter({ hasText: 'can’t be reached' })).toBeVisible();
  world.thawServer();
  await expect(word(page)).toHaveText('Live', rightAgain);
  await expect(page.getByRole('status').filter({ hasText: 'can’t be reached' })).toHaveCount(0);
});

test('a silently cut connection shows, and the page catches up afterwards', async ({ page, world }) => {
  const relay = await startRelay(world.url);
  const gateway = await quietInstance(page, world);
  await page.goto(`${relay.url}/instances/${gateway.id}`);
  await expect(word(page)).toHaveText('Live');
  // All connections a browser keeps to a host are open when they die, so each later request may be sent over a dead one.
  await page.evaluate(() => Promise.all(Array.from({ length: 6 }, () => fetch('/api/session'))));
  relay.cut();
  await happen(world, 'instance.fail', gateway.id, 'unseen');
  await expect(word(page)).toHaveText(/^Offline \d+ s/, told);
  relay.mend();
  await expect(word(page)).toHaveText('Live', rightAgain);
  await expect(fact(page, 'State')).toHaveText('Failed');
  await happen(world, 'instance.start', gateway.id);
  await expect(fact(page, 'State')).toHaveText('Running');
  relay.close();
});

test('where a proxy holds events back the page reads every few seconds and says delayed', async ({
  page,
  world,
}) => {
  const relay = await startRelay(world.url);
  relay.holdStreams(true);
  const gateway = await quietInstance(page, world);
  await page.goto(`${relay.url}/instances/${gateway.id}`);
  await expect(word(page)).toHaveText(/^Delayed: updates/, { timeout: 15_000 });
  await happen(world, 'instance.fail', gateway.id, 'read, not told');
  await expect(fact(page, 'State')).toHaveText('Failed');
  await expect(word(page)).toHaveText(/^Delayed: updates/);
  relay.holdStreams(false);
  await expect(word(page)).toHaveText('Live', rightAgain);
  await happen(world, 'instance.start', gateway.id);
  await expect(fact(page, 'State')).toHaveText('Running');
  relay.close();
});

test('a page that slept is not live when it wakes up, until it heard something', async ({ page, world }) => {
  const relay = await startRelay(world.url);
  await page.clock.install();
  await page.goto(`${relay.url}/instances`);
  await expect(word(page)).toHaveText('Live');
  // Held back, so that the moment before it hears anything lasts until it was seen.
  relay.holdStreams(true);
  await page.clock.fastForward('01:00:00');
  await expect(word(page)).toHaveText(/^Delayed: updates/, rightAgain);
  relay.holdStreams(false);
  await expect(word(page)).toHaveText('Live', rightAgain);
  relay.close();
});

test('a browser without network says offline, and is live again with it', async ({ page, context }) => {
  await page.goto('/instances');
  await expect(word(page)).toHaveText('Live');
  await context.setOffline(true);
  await expect(word(page)).toHaveText(/^Offline \d+ s/, told);
  await context.setOffline(false);
  await expect(word(page)).toHaveText('Live', rightAgain);
});

// More than the six connections a browser opens to a host.
test('eight pages share one stream, and what happens reaches those that come to the front', async ({
  page,
  context,
  world,
}) => {
  const relay = await startRelay(world.url);
  const gateway = await quietInstance(page, world);
  const pages = [page];
  for (let opened = 1; opened < 8; opened += 1) pages.push(await context.newPage());
  for (const each of pages) {
    await each.goto(`${relay.url}/instances/${gateway.id}`);
    await expect(fact(each, 'State')).toHaveText('Running');
    await expect(word(each)).toHaveText('Live');
  }
  expect(relay.streams).toBe(1);
  await happen(world, 'instance.fail', gateway.id, 'for all to see');
  for (const each of pages) await expect(fact(each, 'State')).toHaveText('Failed');
  await page.close();
  await happen(world, 'instance.start', gateway.id);
  for (const each of pages.slice(1)) await expect(fact(each, 'State')).toHaveText('Running');
  expect(relay.streams).toBe(1);
  relay.close();
});

test('an address that is refused to the page makes its panel say so, steadily, and nothing else', async ({
  page,
}) => {
  await page.route('**/api/timeline**', (route) => route.abort('blockedbyclient'));
  await page.goto('/activity');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('can’t be reached', { timeout: 20_000 });
  const missing = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let gone = 0;
        const timer = setInterval(() => {
          if (document.querySelector('main [role=alert]') === null) gone += 1;
        }, 20);
        setTimeout(() => {
          clearInterval(timer);
          resolve(gone);
        }, 12_000);
      }),
  );
  expect(await missing).toBe(0);
  await expect(alert).toContainText('This part of the dashboard can’t be reached');
  await expect(word(page)).toHaveText('Live');
  await page.unroute('**/api/timeline**');
  await expect(page.getByRole('table', { name: 'Activity' })).toBeVisible({ timeout: 15_000 });
});
