import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { title } from '../page.ts';
import { fail } from '../world.ts';

type Place = { path: string; heading: string };

/** What shows what Cycle says, beside the pages of the main navigation. */
const OF_CYCLE: readonly Place[] = [
  { path: '/servers', heading: 'Servers' },
  { path: '/services', heading: 'Services' },
  { path: '/networks', heading: 'Networks' },
  { path: '/virtual-machines', heading: 'Virtual machines' },
  { path: '/addresses', heading: 'Domains and IPs' },
  { path: '/variables', heading: 'Variables' },
  { path: '/settings', heading: 'Settings' },
  { path: '/settings?view=load-balancer', heading: 'Settings' },
  { path: '/hub', heading: 'Hub' },
];

/** The text of a page, once nothing loads any more. */
async function toldBy(page: Page, { path, heading }: Place): Promise<string> {
  await page.goto(path);
  await expect(title(page)).toHaveText(heading, { timeout: 30_000 });
  const main = page.getByRole('main');
  await expect(main.getByRole('status', { name: /Loading/ }), path).toHaveCount(0, { timeout: 30_000 });
  return main.innerText();
}

const cut = (world: World) => fail(world, { api: 'cycle', kind: 'refuse' });

test('while Cycle does not answer each page of the environment says so, and is right again after', async ({
  page,
  world,
  signInAs,
}) => {
  test.slow();
  await signInAs('admin');
  const whole = await toldBy(page, { path: '/servers', heading: 'Servers' });
  expect(whole).not.toMatch(/Last read|Try again/);
  const mend = await cut(world);
  // Until the dashboard has noticed, what it read a moment ago is still the truth.
  await expect(page.getByRole('main').getByText(/Last read/)).toBeVisible({ timeout: 30_000 });
  for (const place of OF_CYCLE) {
    const told = await toldBy(page, place);
    expect.soft(told, `${place.path}: an age, or what to do`).toMatch(/Last read|Try again/);
    expect.soft(told, place.path).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
  }
  await mend();
  for (const place of OF_CYCLE.slice(-3)) {
    await page.goto(place.path);
    await expect(title(page)).toHaveText(place.heading, { timeout: 30_000 });
    await expect(page.getByRole('main').getByText(/Last read|Try again/)).toHaveCount(0, { timeout: 30_000 });
  }
});

test('what is asked of Cycle while it does not answer fails in its place, and says that nothing was done', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  await page.goto('/object-cache');
  await expect(title(page)).toHaveText('Object cache');
  const mend = await cut(world);
  const read = page.getByRole('region', { name: 'Read an entry' });
  await read.getByLabel('Key').fill('e2e-none');
  await read.getByRole('button', { name: 'Read entry' }).click();
  await expect(read.getByRole('alert')).toContainText('Cycle', { timeout: 30_000 });
  await page.goto('/monitoring');
  await page.getByLabel('Name').fill('e2e.none');
  await page.getByLabel('Value').fill('1');
  await page.getByRole('button', { name: 'Send metric' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Cycle', { timeout: 30_000 });
  await mend();
});
