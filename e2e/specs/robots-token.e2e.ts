import { expect, test } from '../fixtures.ts';
import { fact, staleNotice } from '../page.ts';
import { anotherToken } from '../rerobots.ts';
import { panel } from '../robots.ts';

test('a revoked token: data is shown with its age, and reading resumes once an admin sets another', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const rows = page.getByRole('table', { name: 'Robots' }).getByRole('row');
  await page.goto('/robots');
  await expect(rows.nth(1)).toBeVisible();
  await world.control('POST', '/events', { kind: 'token.revoke' });
  await expect(staleNotice(page).first()).toContainText('rerobots refuses the dashboard’s token', {
    timeout: 40_000,
  });
  await expect(rows.nth(1)).toBeVisible();
  await signInAs('admin');
  await page.goto('/robots/account');
  await expect(fact(panel(page, 'The dashboard’s token'), 'State')).toHaveText('Refused');
  await panel(page, 'Set token')
    .getByLabel('New token')
    .fill(await anotherToken(world));
  await page.getByRole('button', { name: 'Set token' }).click();
  await expect(fact(panel(page, 'The dashboard’s token'), 'State')).toHaveText('Active');
  await page.getByRole('link', { name: 'All robots' }).click();
  await expect(rows.nth(1)).toBeVisible();
  await expect(staleNotice(page)).toHaveCount(0);
});
