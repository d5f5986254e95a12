import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { fact, staleNotice } from '../page.ts';
import { waitUntilReady, book, bookDialog, quietRobot, requestTermination, sendBooking } from '../robots.ts';

test.use({ speed: 20 });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

const leave = (world: World, remaining: number) =>
  world.control('POST', '/events', { kind: 'limit.set', remaining });
const budget = (page: Page) => page.getByRole('status').filter({ hasText: 'Renewed at' });

test('the hour’s calls used up: reads stop and say so, a termination still goes', async ({ page, world }) => {
  const robot = await quietRobot(page, 'us:cali');
  await book(page, robot);
  await waitUntilReady(page);
  await leave(world, 12);
  const bookingPage = page.url();
  await page.goto('/robots');
  await expect(budget(page)).toContainText('are kept for terminating. Nothing is updated or booked', {
    timeout: 40_000,
  });
  await page.getByRole('button', { name: 'Book…', exact: true }).click();
  await page.getByRole('radio', { name: 'No key' }).check();
  await sendBooking(page);
  await expect(bookDialog(page).getByRole('alert')).toContainText(
    /last 36 calls to rerobots of this hour are kept for terminating/,
  );
  await page.goto(bookingPage);
  await requestTermination(page);
  await expect(fact(page, 'State')).toHaveText(/Terminating|Terminated/, { timeout: 15_000 });
});

test('no call left at all: a requested termination is kept, and carried out once there are calls', async ({
  page,
  world,
}) => {
  await leave(world, 3_000);
  // The allowance is known from answers only, and none comes before the hour is over; a new process knows none.
  await world.stopServer();
  await world.startServer();
  await book(page, await quietRobot(page, 'eu:cze'));
  await waitUntilReady(page);
  await leave(world, -1);
  await expect(staleNotice(page)).toContainText('The hourly calls to rerobots are used up', {
    timeout: 40_000,
  });
  await requestTermination(page);
  await expect(fact(page, 'Termination')).toContainText('done as soon as possible');
  await expect(fact(page, 'State')).toHaveText('Ready');
  await leave(world, 3_000);
  await world.stopServer();
  await world.startServer();
  await expect(fact(page, 'State')).toHaveText('Terminated', { timeout: 40_000 });
});
