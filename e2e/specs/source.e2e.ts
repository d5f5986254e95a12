import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';

test('a value tells where it comes from and how old it is, to the pointer and to the keyboard', async ({
  page,
  signInAs,
}) => {
  await signInAs('viewer');
  await page.goto('/settings');
  await expect(title(page)).toHaveText('Settings');
  const cluster = fact(page, 'Cluster');
  await expect(cluster).toBeVisible();
  const hint = page.getByRole('tooltip').filter({ hasText: /^Cycle’s internal API, read / });
  // The first movement loads what tells it.
  await expect(async () => {
    await title(page).hover();
    await cluster.hover();
    await expect(hint).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);

  await page.goto('/containers');
  const list = page.getByRole('region', { name: 'Containers, list' });
  await expect(list).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Filter containers' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(list).toBeFocused();
  await expect(list).toHaveAccessibleDescription(/^Cycle’s internal API, live: last read /);
  await page.keyboard.press('j');
  await expect(list).not.toHaveAttribute('aria-describedby', /./);
});

test('a service shows how it is set, beside its instances', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/services');
  await page.getByRole('row').filter({ hasText: 'Load Balancer' }).getByRole('link').click();
  await expect(title(page)).toHaveText('Load Balancer');
  const settings = page.getByRole('region', { name: 'Settings of the service' });
  await expect(fact(settings, 'State').first()).toHaveText('On');
  await expect(settings.getByRole('region', { name: 'Controller port-443' })).toContainText('30s');
  for (const tab of ['Events', 'Telemetry', 'Relations', 'Raw'])
    await expect(page.getByRole('tab', { name: tab })).toBeVisible();
  await settings.getByRole('link', { name: 'All settings' }).click();
  await expect(title(page)).toHaveText('Settings');
});
