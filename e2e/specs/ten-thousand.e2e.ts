import { expect, test } from '../fixtures.ts';

test.use({ scenario: 'ten-thousand' });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('viewer');
});

test('ten thousand instances are drawn, panned, zoomed and filtered', async ({ page }) => {
  await page.goto('/topology');
  const picture = page.getByRole('application', { name: /^Topology: \d+ nodes$/ });
  await expect(picture).toBeVisible({ timeout: 30_000 });
  await page.waitForFunction(() => performance.getEntriesByName('topology:painted').length > 0);
  const count = page.getByRole('search').getByRole('status');
  await expect(count).toHaveText(/^10,\d{3} nodes$/);

  const box = await picture.boundingBox();
  const x = (box?.x ?? 0) + (box?.width ?? 0) / 2;
  const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -600);
  await page.mouse.down();
  for (let step = 1; step <= 20; step++) await page.mouse.move(x + step * 10, y + step * 5);
  await page.mouse.up();
  await page.getByRole('button', { name: 'Show everything (0)' }).click();

  await page.getByRole('textbox', { name: 'Filter nodes' }).fill('srv-');
  await expect(count).toHaveText(/^\d+ of 10,\d{3} nodes$/);
  await page.getByRole('button', { name: 'Next match (j)' }).click();
  await expect(page.getByRole('main').locator('output.sr-only')).toHaveText(/^srv-.+, server, /);
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('By location');
  await expect(page).toHaveURL(/group=location/);
});

test('the list of ten thousand draws only what shows, and reaches its end', async ({ page }) => {
  await page.goto('/instances');
  const table = page.getByRole('table', { name: 'Instances' });
  // Deployments and migrations add and remove some.
  await expect(table).toHaveAttribute('aria-rowcount', /^10\d{3}$/, { timeout: 30_000 });
  expect(await table.getByRole('row').count()).toBeLessThan(120);
  const first = await table.getByRole('link').first().innerText();
  const list = page.getByRole('region', { name: 'Instances, list' });
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const last = async () => Number(await table.getByRole('row').last().getAttribute('aria-rowindex'));
  await expect.poll(last).toBeGreaterThan(10_000);
  await expect(table.getByRole('link').first()).not.toHaveText(first);

  await page.getByRole('textbox', { name: 'Filter instances' }).fill(first);
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/^\d+ of 10,\d{3} instances$/);
  await expect(table.getByRole('link', { name: first })).toBeVisible();
});
