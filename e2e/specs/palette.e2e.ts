import type { Locator, Page } from '@playwright/test';

import { nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';

async function openPalette(page: Page): Promise<{ box: Locator; options: Locator }> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Go to' });
  return { box: dialog.getByRole('combobox'), options: dialog.getByRole('option') };
}

test('the palette finds by name, by the end of an id and by address, does what is typed, and keeps what was opened', async ({
  page,
  signInAs,
}) => {
  await signInAs('operator');
  const nodes = await nodesOf(page);
  const container = nodes.find(({ kind, name }) => kind === 'container' && name === 'API');
  const ip = nodes.find(({ kind }) => kind === 'ip');
  await page.goto('/');
  await expect(title(page)).toHaveText('Overview');

  const first = await openPalette(page);
  await first.box.fill(container?.id.slice(-6) ?? 'none');
  await expect(first.options.first()).toContainText('API');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/containers/${container?.id}`);

  const second = await openPalette(page);
  await expect(second.options.first()).toContainText('API');
  await second.box.fill(ip?.name ?? 'none');
  await expect(second.options.first()).toContainText(ip?.name ?? 'none');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/ips/${ip?.id}`);
  await expect(title(page)).toHaveText(ip?.name ?? 'none');

  const third = await openPalette(page);
  await third.box.fill('restart api');
  await third.options.filter({ hasText: /^Restart API/ }).click();
  const asking = page.getByRole('dialog', { name: /^Restart \d+ instances? of API\?$/ });
  await expect(asking.getByRole('button', { name: /^Restart/ })).toBeVisible();
  await asking.getByRole('button', { name: 'Cancel' }).click();
  await expect(asking).toHaveCount(0);

  const last = await openPalette(page);
  await last.box.fill('dark');
  await last.options.filter({ hasText: 'Dark appearance' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the palette says what a viewer may not do', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/');
  await expect(title(page)).toHaveText('Overview');
  const { box, options } = await openPalette(page);
  await box.fill('stop api');
  const command = options.filter({ hasText: /^Stop API/ });
  await expect(command).toHaveAttribute('aria-disabled', 'true');
  await expect(command).toContainText('View-only access. Operators can do this.');
});
