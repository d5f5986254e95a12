import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { overflow, signInBy, title } from '../page.ts';
import { happen } from '../world.ts';

const sheet = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

test('people see where they are signed in, and end it there', async ({ page, browser, world, signInAs }) => {
  await signInAs('viewer');
  // Other specs of this world have signed in too.
  await page.request.delete('/api/sessions', { headers: await csrfHeaders(page) });
  const elsewhere = await (await browser.newContext({ baseURL: world.url })).newPage();
  await elsewhere.goto('/instances');
  await signInBy(elsewhere, accountOf(world.env, 'viewer'));
  await expect(title(elsewhere)).toHaveText('Instances');

  await page.goto('/');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /, viewer: / })
    .click();
  await page.getByRole('link', { name: 'Where I’m signed in' }).click();
  await expect(title(page)).toHaveText('Where I’m signed in');
  const sessions = page
    .getByRole('table', { name: 'Sessions' })
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: 'this one' })).toHaveCount(1);
  await sessions.getByRole('button', { name: 'End…' }).click();
  await page.getByRole('button', { name: 'End session' }).click();
  await expect(sessions).toHaveCount(1);
  await expect(elsewhere.getByRole('dialog', { name: 'Sign in again' })).toContainText(
    'You ended this session.',
  );
  await elsewhere.context().close();
});

test('an admin gives a role, which the other’s page has at once, and blocks', async ({
  page,
  browser,
  world,
  signInAs,
}) => {
  await signInAs('admin');
  const theirs = await (await browser.newContext({ baseURL: world.url })).newPage();
  await theirs.goto('/');
  const { username } = accountOf(world.env, 'viewer');
  await signInBy(theirs, accountOf(world.env, 'viewer'));
  await expect(theirs.getByRole('button', { name: /, viewer: / })).toBeVisible();

  await page.goto('/');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Team' }).click();
  await expect(title(page)).toHaveText('Team');
  await page.getByRole('row').filter({ hasText: username }).getByRole('link').click();
  await sheet(page, username).getByLabel('Role').selectOption('operator');
  await sheet(page, username).getByRole('button', { name: 'Set role' }).click();
  await expect(sheet(page, username)).toContainText('set by');
  await expect(theirs.getByRole('button', { name: /, operator: / })).toBeVisible();

  await sheet(page, username).getByRole('button', { name: 'Block…' }).click();
  await page.getByRole('button', { name: `Block ${username}` }).click();
  await expect(sheet(page, username)).toContainText('Blocked by');
  await expect(theirs.getByRole('dialog', { name: 'Sign in again' })).toContainText(
    'An admin has blocked your access.',
  );
  await sheet(page, username).getByRole('button', { name: 'Unblock…' }).click();
  await page.getByRole('button', { name: `Unblock ${username}` }).click();
  await expect(sheet(page, username)).not.toContainText('Blocked by');
  await sheet(page, username).getByLabel('Role').selectOption('viewer');
  await sheet(page, username).getByRole('button', { name: 'Set role' }).click();
  await expect(page.getByRole('row').filter({ hasText: username })).toContainText('viewer');
  await theirs.context().close();
});

test('a viewer sees the team, and why nothing of it can be changed', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/team');
  await expect(title(page)).toHaveText('Team');
  await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
  expect(await overflow(page)).toBe(0);
  await page.goto('/team?person=vera');
  const block = sheet(page, 'vera').getByRole('button', { name: 'Block…' });
  await expect(block).toHaveAccessibleDescription('View-only access. Admins can do this.');
  expect(await overflow(page)).toBe(0);
});

test('a VPN account that is deleted has everyone of one sign in again, in place', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('viewer');
  await page.goto('/instances');
  await expect(title(page)).toHaveText('Instances');
  // Nobody’s in the specs: the account is gone for every later one of this world.
  await happen(world, 'vpn.delete-user', 'walter');
  const banner = page.getByRole('status').filter({ hasText: 'The VPN accounts were changed.' });
  await expect(banner).toBeVisible();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password').fill(accountOf(world.env, 'viewer').password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(banner).toHaveCount(0);
  await expect(title(page)).toHaveText('Instances');
});
