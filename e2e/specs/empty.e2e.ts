import { expect, test } from '../fixtures.ts';
import { pages, title } from '../page.ts';

test.use({ scenario: 'empty' });

test('each page says what would be here', async ({ page, signInAs }) => {
  await signInAs('admin');
  for (const { path, heading } of pages) {
    await page.goto(path);
    await expect(title(page)).toHaveText(heading);
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  await page.goto('/');
  await expect(page.getByText('This environment has no services.')).toBeVisible();
  const note = page.getByRole('region', { name: 'This environment has only Cyclorama so far' });
  await expect(note).toContainText('Create a container or a service in Cycle’s portal');
  for (const [path, text] of [
    ['/services', 'This environment has no services.'],
    ['/networks', 'This environment is in no SDN network.'],
    ['/virtual-machines', 'This environment has no virtual machines.'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('main').getByText(text).first(), path).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  await page.goto('/functions');
  await expect(page.getByText('No function containers')).toBeVisible();
  await page.goto('/robots');
  await expect(page.getByText('This rerobots account can book none.')).toBeVisible();
  await page.goto('/containers');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 container');
});
