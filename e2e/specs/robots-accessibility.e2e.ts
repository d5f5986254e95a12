import { expectAccessible } from '../accessible.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import {
  waitUntilReady,
  book,
  nameOf,
  openDialog,
  panel,
  quietRobot,
  downloadKey,
  terminate,
} from '../robots.ts';

test.use({ speed: 20, host: '127.0.0.1' });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('admin');
});

test('the page of one robot', async ({ page }) => {
  const robot = await quietRobot(page, 'us:cali');
  await page.goto(`/robots/deployments/${robot.id}`);
  await expect(title(page)).toHaveText(nameOf(robot));
  await expectAccessible(page);
});

test('booking, with a key made here', async ({ page }) => {
  await openDialog(page, await quietRobot(page, 'us:cali'));
  await downloadKey(page);
  await expectAccessible(page);
});

test('a booking that is ready, one that has ended, and the team', async ({ page }) => {
  await book(page, await quietRobot(page, 'us:cali'), { vpn: true });
  await waitUntilReady(page);
  await panel(page, 'Firewall').getByRole('button', { name: 'Allow my address (127.0.0.1)' }).click();
  await expect(panel(page, 'Firewall').getByRole('listitem')).toHaveCount(1);
  await expectAccessible(page);
  const booking = page.url();
  await page.goto('/robots?view=team');
  await expect(panel(page, 'Holders').getByText(/^basic_kobuki/)).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(booking);
  await terminate(page);
  await expectAccessible(page);
});

test('the robot account', async ({ page }) => {
  await page.goto('/robots/account');
  await expect(panel(page, 'The dashboard’s token')).toBeVisible();
  await expectAccessible(page);
});
