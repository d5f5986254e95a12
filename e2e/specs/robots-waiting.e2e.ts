import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { fact } from '../page.ts';
import { anotherToken, bookOutside } from '../rerobots.ts';
import { book, panel, quietRobot, requestTermination, terminate, waitUntilReady } from '../robots.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('admin');
});

const launchDelay = (world: World, ms?: number): Promise<unknown> =>
  world.control('POST', '/events', { kind: 'launch.delay', ...(ms === undefined ? {} : { ms }) });

/** Sets it on the account page, which asks first as it is of another account than the one in use. */
async function changeAccount(page: Page, token: string, names: RegExp): Promise<void> {
  await page.goto('/robots/account');
  await panel(page, 'Set token').getByLabel('New token').fill(token);
  await page.getByRole('button', { name: 'Set token' }).click();
  const dialog = page.getByRole('dialog', { name: 'Use another rerobots account?' });
  await expect(dialog).toContainText(names);
  await dialog.getByRole('button', { name: 'Use this account' }).click();
  await expect(page.getByText('New token in use.')).toBeVisible();
}

test('a termination asked for before the robot exists is kept, also over a crash, and carried out', async ({
  page,
  world,
}) => {
  const robot = await quietRobot(page, 'us:cali');
  // Half a minute of the browser's time.
  await launchDelay(world, 600_000);
  await book(page, robot);
  await expect(fact(page, 'State')).toHaveText('Starting');
  await launchDelay(world);
  const notice = page
    .getByRole('status')
    .filter({ hasText: 'rerobots accepted it and hasn’t started it yet.' });
  await expect(notice).toContainText('Wait, or terminate it', { timeout: 20_000 });
  await requestTermination(page);
  await expect(notice).toContainText('It is terminated as soon as it appears');
  await world.crashServer();
  await page.reload();
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 90_000 });
});

test('a robot that nobody booked here is listed and can be terminated by an admin', async ({
  page,
  world,
  signInAs,
}) => {
  const robot = await quietRobot(page, 'us:cali');
  await bookOutside(world, robot.id);
  const row = page.getByRole('table', { name: 'Not booked here' }).getByRole('row').nth(1);
  await signInAs('operator');
  await page.goto('/robots');
  await expect(row).toContainText('Ready', { timeout: 60_000 });
  await expect(row.getByRole('button', { name: 'Terminate…' })).toHaveAttribute('aria-disabled', 'true');
  await signInAs('admin');
  await page.goto('/robots');
  await row.getByRole('button', { name: 'Terminate…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminate / })
    .click();
  await expect(page.getByRole('table', { name: 'Not booked here' })).toHaveCount(0, { timeout: 60_000 });
});

test('bookings wait for a token of their account, which is asked about when another is set', async ({
  page,
  world,
}) => {
  const robot = await quietRobot(page, 'eu:cze');
  await book(page, robot);
  await waitUntilReady(page);
  const place = page.url();
  await changeAccount(
    page,
    await anotherToken(world, 'orchard-lab'),
    /belongs to account orchard-lab, the one in use to cyclorama/,
  );
  await page.goto(place);
  const notice = page
    .getByRole('status')
    .filter({ hasText: 'The token set belongs to account orchard-lab.' });
  await expect(notice).toContainText('Set a token of cyclorama to see and end this robot.');
  await expect(fact(page, 'State')).toHaveText('Ready');
  await changeAccount(page, await anotherToken(world), /the one in use to orchard-lab/);
  await page.goto(place);
  await expect(notice).toHaveCount(0, { timeout: 30_000 });
  await terminate(page);
});
