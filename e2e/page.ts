import type { Locator, Page } from '@playwright/test';

import type { Account } from '../scripts/lib/accounts.ts';
import { expect } from './fixtures.ts';

export async function signInBy(scope: Page | Locator, account: Account): Promise<void> {
  await scope.getByLabel('Account name').fill(account.username);
  await scope.getByLabel('Password').fill(account.password);
  await scope.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export const title = (page: Page): Locator => page.getByRole('heading', { level: 1 });

export const fact = (scope: Page | Locator, name: string): Locator =>
  scope
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd[1]');

/** Expects a button that is off, does nothing when clicked, and gives screen readers its reason. */
export async function expectRefused(button: Locator, reason: string | RegExp): Promise<void> {
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(reason);
  await button.click({ force: true });
  await expect(button.page().getByRole('dialog')).toHaveCount(0);
}

export const pages = [
  { path: '/', heading: 'Overview' },
  { path: '/topology', heading: 'Topology' },
  { path: '/containers', heading: 'Containers' },
  { path: '/instances', heading: 'Instances' },
  { path: '/environment', heading: 'Environment' },
  { path: '/telemetry', heading: 'Telemetry' },
  { path: '/functions', heading: 'Functions' },
  { path: '/robots', heading: 'Robots' },
  { path: '/alerts', heading: 'Alerts' },
  { path: '/activity', heading: 'Activity' },
  { path: '/team', heading: 'Team' },
  { path: '/passkeys', heading: 'Passkeys' },
] as const;

/** Beside them, of the environment. */
export const environmentPages = [
  '/servers',
  '/services',
  '/networks',
  '/virtual-machines',
  '/addresses',
  '/variables',
  '/settings',
  '/notifications',
  '/hub',
  '/jobs',
] as const;

/** By how many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export const staleNotice = (page: Page): Locator => page.getByRole('main').getByText(/Last read/);
