import { accountOf } from '../scripts/lib/accounts.ts';
import { expect, test } from './fixtures.ts';
import { fact, title } from './page.ts';
import {
  waitUntilReady,
  bookDialog,
  keepBusy,
  releaseUntil,
  nameOf,
  panel,
  quietRobot,
  releaseByOther,
  sendBooking,
  steps,
  downloadKey,
  terminate,
} from './robots.ts';

/** From search to a shell and back; each of the simulator's two rerobots profiles has a spec that registers these. */
export function robotPath(): void {
  test('search, book one robot, connect, open the firewall, make a VPN client, give it back', async ({
    page,
    world,
  }) => {
    const robot = await quietRobot(page, 'us:cali');
    await page.goto('/robots?q=kobuki&region=us%3Acali');
    await page
      .getByRole('table', { name: 'Robots' })
      .getByRole('link', { name: /basic_kobuki/ })
      .click();
    await expect(title(page)).toHaveText(nameOf(robot));
    await expect(panel(page, 'Expected wait')).toContainText(/wait|recorded/i);
    await page.getByRole('tab', { name: 'Telemetry' }).click();
    await expect(panel(page, 'Queue length')).toBeVisible();

    await page.getByRole('button', { name: `Book ${nameOf(robot)}…` }).click();
    await expect(bookDialog(page).getByRole('combobox', { name: 'Robot' })).toHaveValue(robot.id);
    await bookDialog(page)
      .getByRole('checkbox', { name: /With VPN/ })
      .check();
    await bookDialog(page).getByLabel('Time limit in minutes').fill('600');
    await downloadKey(page);
    await sendBooking(page);
    await expect(title(page)).toHaveText(nameOf(robot));
    await expect(fact(page, 'Held by')).toHaveText(accountOf(world.env, 'operator').username);
    await waitUntilReady(page);

    const connect = panel(page, 'Connect');
    await expect(connect).toContainText(
      /ssh -i \S+ .*StrictHostKeyChecking=yes -p \d+ root@\d+\.\d+\.\d+\.\d+/,
    );
    await expect(page.getByText(/PRIVATE KEY/)).toHaveCount(0);

    const firewall = panel(page, 'Firewall');
    await expect(firewall).toContainText('No rules. All connections are dropped');
    await firewall.getByRole('button', { name: 'Allow my address (127.0.0.1)' }).click();
    await expect(firewall.getByRole('list', { name: 'Firewall rules' })).toHaveText(/127\.0\.0\.1.*ACCEPT/);

    const vpn = panel(page, 'VPN');
    await vpn.getByRole('button', { name: 'Create VPN client' }).click();
    const downloading = page.waitForEvent('download');
    await vpn.getByRole('button', { name: /^Download cyclorama-.*\.ovpn$/ }).click();
    expect((await downloading).suggestedFilename()).toMatch(/\.ovpn$/);
    await expect(vpn.getByRole('list', { name: 'VPN clients' }).getByRole('listitem').first()).toBeVisible();

    await terminate(page);
    await expect(connect).toContainText('The booking has ended.');
    await expect(panel(page, 'Summary')).toContainText('Termination');
    await page.getByRole('link', { name: 'Activity of this booking' }).click();
    await expect(page.getByRole('table', { name: /activity/i })).toContainText(/terminat/i);
  });

  test('book any of a type, wait for one’s turn, follow it from another page', async ({ page, world }) => {
    const robot = await quietRobot(page, 'eu:cze');
    const other = await quietRobot(page, 'us:cali');
    await keepBusy(world, robot, 6);
    await keepBusy(world, other, 12);
    await page.goto('/robots');
    await page.getByRole('button', { name: 'Book…', exact: true }).click();
    await bookDialog(page).getByRole('combobox', { name: 'Robot' }).selectOption('type:basic_kobuki');
    await downloadKey(page);
    await sendBooking(page);
    await expect(bookDialog(page).getByRole('alert')).toContainText(/busy|in use|taken/i);
    await bookDialog(page).getByRole('button', { name: 'Join queue' }).click();
    await expect(fact(page, 'State')).toHaveText('Queued');
    await expect(steps(page).getByRole('listitem').filter({ hasText: 'Queued' })).toContainText('now');

    await page.getByRole('link', { name: 'All robots' }).click();
    const toast = page.getByText(/^basic_kobuki \S+ is (yours|ready)$/).first();
    await releaseUntil(world, robot, async () => {
      await releaseByOther(world, other.id);
      await expect(toast).toBeVisible({ timeout: 500 });
    });
    await expect(page).toHaveTitle(/^● (Starting|Ready): basic_kobuki/);
    await page
      .getByRole('table', { name: 'Bookings' })
      .getByRole('link', { name: /basic_kobuki/ })
      .first()
      .click();
    await waitUntilReady(page);
    await terminate(page);
  });
}
