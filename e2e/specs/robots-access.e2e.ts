import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact } from '../page.ts';
import { waitUntilReady, book, panel, quietRobot, terminate } from '../robots.ts';

test.use({ speed: 20, host: '[::1]' });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('firewall rules stand in their order, are read back, and clearing them says what that means', async ({
  page,
}) => {
  await book(page, await quietRobot(page, 'us:cali'));
  await expect(panel(page, 'Firewall')).toContainText('There is no firewall before the robot is ready.');
  await waitUntilReady(page);
  const firewall = panel(page, 'Firewall');
  const rules = firewall.getByRole('list', { name: 'Firewall rules' }).getByRole('listitem');
  await expect(firewall).toContainText('No rules. All connections are dropped');
  // This page was opened over IPv6.
  await expectRefused(firewall.getByRole('button', { name: 'Allow my address' }), /IPv4 only/);

  const address = firewall.getByLabel('Address or subnet');
  await address.fill('203.0.113.300');
  await expect(firewall.getByRole('alert')).toContainText('expected an IPv4 address or subnet');
  for (const [source, action] of [
    ['203.0.113.7', 'REJECT'],
    ['203.0.113.0/24', 'ACCEPT'],
  ] as const) {
    await address.fill(source);
    await firewall.getByRole('combobox', { name: 'Action' }).selectOption(action);
    await firewall.getByRole('button', { name: 'Add rule' }).click();
    await expect(rules.last()).toContainText(source);
  }
  await expect(rules).toHaveText([/^1203\.0\.113\.7REJECT$/, /^2203\.0\.113\.0\/24ACCEPT$/]);
  await page.reload();
  await expect(rules).toHaveCount(2);

  await firewall.getByRole('button', { name: 'Clear all rules…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('All connections are dropped, open ones too');
  await dialog.getByRole('button', { name: 'Clear all rules' }).click();
  await expect(rules).toHaveCount(0);
  await expect(panel(page, 'VPN')).toContainText('VPN was not requested with this booking');
  await terminate(page);
});

test('who was handed a robot may change and end it, who gave it may not any more', async ({
  page,
  browser,
  signInAs,
  world,
}) => {
  await book(page, await quietRobot(page, 'eu:cze'), { vpn: true });
  await waitUntilReady(page);
  const vpn = panel(page, 'VPN');
  await vpn.getByRole('button', { name: 'Create VPN client' }).click();
  const take = vpn.getByRole('button', { name: /^Download cyclorama-.*\.ovpn$/ });
  await expect(take).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(vpn.getByRole('list', { name: 'VPN clients' }).getByRole('listitem')).toHaveCount(1);
  await expect(take).toHaveCount(0);

  const theirs = await (await browser.newContext()).newPage();
  await signInAs('admin', theirs);
  await page.getByRole('button', { name: 'Hand over…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Hand over/ });
  await dialog.getByLabel('To').fill(accountOf(world.env, 'admin').username);
  await dialog.getByRole('button', { name: /^Hand over/ }).click();
  await expect(fact(page, 'Held by')).toHaveText(/^ada/);
  await expect(page.getByRole('list', { name: 'Held before by' })).toContainText(/^oscar from/);
  await expectRefused(page.getByRole('button', { name: 'Terminate…' }), /^Only ada or an admin/);
  await expect(panel(page, 'Firewall')).toContainText('Only ada or an admin can do this.');
  await theirs.goto(page.url());
  await terminate(theirs);
  await theirs.context().close();
});
