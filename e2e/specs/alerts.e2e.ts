import type { Page } from '@playwright/test';

import { expectAccessible } from '../accessible.ts';
import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { happen } from '../world.ts';

/** A round of the rules is due every five seconds. */
const patient = { timeout: 90_000 };

/** In both themes and on a phone; then the window is as it was. */
async function expectAccessibleHere(page: Page): Promise<void> {
  const size = page.viewportSize();
  await expectAccessible(page);
  if (size !== null) await page.setViewportSize(size);
}

/** By the page; it is tried on the past first. */
async function makeRule(page: Page, name: string, of: string): Promise<void> {
  await page.goto('/alerts?view=rules');
  await page.getByRole('button', { name: 'New rule…' }).click();
  const form = page.getByRole('dialog', { name: 'New alert rule' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Watches').selectOption('The state of an instance');
  await form.getByLabel('Is', { exact: true }).selectOption('failed');
  await form.getByLabel('For minutes').fill('0');
  await form.getByLabel('Of', { exact: true }).fill(of);
  await form.getByRole('button', { name: 'Try on the past' }).click();
  await expect(form.getByRole('region', { name: 'On the past' })).toContainText(/Would have fired|on record/);
  await expectAccessibleHere(page);
  await form.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Instance failed');
}

test('an alert fires by itself, is acknowledged by name, and is over by itself', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const gateway = await quietInstance(page, world);
  await makeRule(page, 'Gateway down', gateway.name);
  await page.goto('/alerts');
  await happen(world, 'instance.fail', gateway.id, 'exit code 21');
  const row = page
    .getByRole('table', { name: 'Alerts' })
    .getByRole('row')
    .filter({ hasText: 'Gateway down' });
  await expect(row).toContainText('exit code 21', patient);
  const link = page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: /Alerts \d+ firing/ });
  await expect(link.filter({ visible: true })).toHaveCount(1);
  await expectAccessibleHere(page);
  await row.getByRole('button', { name: `Acknowledge ${gateway.name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('on it');
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(row).toContainText('ago');
  await happen(world, 'instance.start', gateway.id);
  await expect(row).toHaveCount(0, patient);
  await page.getByRole('tab', { name: 'Over' }).click();
  await expect(page).toHaveURL('/alerts?view=over');
  const over = page.getByRole('table', { name: 'Alerts that are over' }).getByRole('row');
  await expect(over.filter({ hasText: gateway.name }).first()).toContainText('exit code 21');
  await expectAccessible(page);
});

test('rules can be switched off by operators, and viewers see why they can’t', async ({ page, signInAs }) => {
  await signInAs('operator');
  await page.goto('/alerts?view=rules');
  const rule = page.getByRole('row').filter({ hasText: 'Certificate ends soon' });
  await rule.getByRole('button', { name: /^Switch off/ }).click();
  await expect(rule).toContainText('off');
  await expectAccessibleHere(page);
  await rule.getByRole('button', { name: /^Switch on/ }).click();
  await expect(rule.getByRole('button', { name: /^Switch off/ })).toBeVisible();
  await signInAs('viewer');
  await page.goto('/alerts?view=rules');
  const edit = rule.getByRole('button', { name: /^Edit/ });
  await expect(edit).toHaveAccessibleDescription(/View-only access/);
});
