import type { Page } from '@playwright/test';

import { freePort } from '../../scripts/lib/processes.ts';
import { startOidcProvider } from '../../server/src/testing/oidc-provider.fixture.ts';
import type { TestOidcProvider } from '../../server/src/testing/oidc-provider.fixture.ts';
import { csrfHeaders } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';
import type { SecondServer } from '../second-server.ts';

let provider: TestOidcProvider;
let dashboard: SecondServer;

test.beforeAll(async ({ world }) => {
  const port = await freePort(45_000 + (process.pid % 1_000) * 10);
  const publicUrl = `http://localhost:${port}`;
  provider = await startOidcProvider({
    publicUrl,
    accounts: {
      'u-otto': { name: 'otto', groups: ['dashboard-operators'] },
      'u-ada': { name: world.env['ADMIN_USERS']?.split(',')[0] ?? '' },
    },
  });
  dashboard = await startSecondServer(world, { ...provider.env(publicUrl), PORT: String(port) });
});
test.afterAll(async () => {
  await dashboard.stop();
  await provider.stop();
});
// The provider's pages ask for a font that is not reachable everywhere.
test.beforeEach(({ context }) => context.route('https://fonts.googleapis.com/**', (route) => route.abort()));

async function signInAtProvider(page: Page, login: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('a person of the provider is led back to the page and signs out of both', async ({ page }) => {
  await page.goto(`${dashboard.url}/instances?q=api`);
  await signInAtProvider(page, 'u-otto');
  await expect(title(page)).toHaveText('Instances');
  await expect(page).toHaveURL(`${dashboard.url}/instances?q=api`);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^otto, operator: / })
    .click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await expect(page.getByPlaceholder('Enter any login'), 'the provider has forgotten them too').toBeVisible();
});

test('nobody gets the name of a VPN account by calling themselves so', async ({ page }) => {
  await page.goto(`${dashboard.url}/robots`);
  await signInAtProvider(page, 'u-ada');
  await expect(page.getByRole('alert')).toContainText('This account can’t be used here.');
  await expect(page).toHaveURL(`${dashboard.url}/robots`);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Sign in with Example' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a session that ended is taken up again from another tab, and the page is kept', async ({
  page,
  context,
}) => {
  await page.goto(`${dashboard.url}/instances`);
  await signInAtProvider(page, 'u-otto');
  await page.getByRole('textbox', { name: 'Filter instances' }).fill('gateway');
  const ended = await page.request.delete(`${dashboard.url}/api/session`, {
    headers: await csrfHeaders(page, dashboard.url),
  });
  expect(ended.status()).toBe(204);
  const sheet = page.getByRole('dialog', { name: 'Sign in again' });
  const opened = context.waitForEvent('page');
  await sheet.getByRole('link', { name: 'Sign in with Example' }).click();
  // The provider still knows who it is.
  await expect(title(await opened)).toHaveText('Instances');
  await (await opened).close();
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Filter instances' })).toHaveValue('gateway');
});

test('a provider that is down is named, and what it leaves is said', async ({ page, world }) => {
  const port = await freePort(46_000 + (process.pid % 1_000) * 10);
  const away = await startSecondServer(world, {
    ...provider.env(`http://localhost:${port}`),
    PORT: String(port),
    OIDC_ISSUER: 'http://127.0.0.1:9',
  });
  await page.goto(away.url);
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await expect(page.getByRole('alert')).toContainText('The sign-in provider does not answer.');
  await expect(page.getByLabel('Account name')).toBeVisible();
  await away.stop();
});
