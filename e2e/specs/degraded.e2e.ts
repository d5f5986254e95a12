import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';

test.use({ scenario: 'degraded' });

test('every unusual state has its word, and what is wrong comes first', async ({ page, signInAs }) => {
  await signInAs('operator');
  await page.goto('/');
  const attention = page.getByRole('region', { name: /^Needs attention \(\d+\)$/ });
  await expect(attention.getByRole('listitem').first().getByRole('img', { name: 'Urgent' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('No instances');

  await page.goto('/instances');
  const states = page.getByRole('group', { name: 'State' });
  for (const state of [/^Failed/, /^Unhealthy/, /^Not ready/, /^Changing/, /^Stopped/])
    await expect(states.getByRole('button', { name: state })).toBeVisible();
  await states.getByRole('button', { name: /^Changing/ }).click();
  for (const word of ['Migrating', 'New'])
    await expect(page.getByRole('cell', { name: word, exact: true }).first()).toBeVisible();
  await states.getByRole('button', { name: /^Changing/ }).click();
  await expect(
    page.getByRole('group', { name: 'Health' }).getByRole('button', { name: /^Unhealthy/ }),
  ).toBeVisible();

  await page.goto('/topology?view=table&state=migrating');
  await page
    .getByRole('row', { name: /^mqtt-broker/ })
    .first()
    .click();
  await expect(fact(page, 'Migrating to')).toContainText(/…/);
});
