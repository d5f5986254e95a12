import { expectAccessible } from '../accessible.ts';
import { expect, test } from '../fixtures.ts';
import { overflow, title } from '../page.ts';

test('the API is read from the page of access tokens, filtered, and linked to', async ({
  page,
  context,
  signInAs,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signInAs('viewer');
  await page.goto('/access-tokens');
  await page.getByRole('main').getByRole('link', { name: 'API', exact: true }).click();
  await expect(title(page)).toHaveText('API');
  await page.keyboard.press('/');
  await page.keyboard.type('post claims');
  const claim = page.getByRole('button', { name: /^POST \/api\/claims Claims an instance/ });
  await claim.click();
  await expect(page).toHaveURL(/operation=postClaims/);
  const body = page.getByRole('main').locator('section').filter({ hasText: 'environmentVariables' });
  await expect(body).toHaveCount(0);
  await page.getByText('spawn', { exact: true }).first().click();
  await expect(page.getByText('environmentVariables').first()).toBeVisible();
  await page.getByText('As curl').click();
  const command = page.getByLabel('curl command', { exact: true });
  await expect(command).toContainText(/-X POST '.*\/api\/claims'/);
  await expect(command).toContainText('"containerId"');
  await page.getByRole('button', { name: 'Copy curl command' }).click();
  await expect(page.getByRole('button', { name: 'Copy curl command' })).toContainText('Copied');

  await page.goto('/access-tokens/api?operation=postRobotsAccountPurge');
  const purge = page.getByRole('button', { name: /\/api\/robots\/account\/purge/ });
  await expect(purge).toHaveAttribute('aria-expanded', 'true');
  await expect(purge).toBeInViewport();
  await expect(purge).toContainText('page only');
  await expect(page.getByText('Scripts can’t do this')).toBeVisible();
  await purge.focus();
  await page.keyboard.press('Enter');
  await expect(purge).toHaveAttribute('aria-expanded', 'false');
});

test('an answer of the proxy says its fields, in both themes and on a phone', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await expectAccessible(page, async () => {
    await page.goto('/access-tokens/api?operation=getProxyCycleV1Hub');
    await expect(page.getByRole('button', { expanded: true, name: /proxy\/cycle\/v1\/hub/ })).toBeVisible();
    await page.locator('summary').filter({ hasText: 'CycleHub' }).click();
    await expect(page.getByText('creator', { exact: true })).toBeVisible();
    expect.soft(await overflow(page)).toBe(0);
  });
});
