import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import { happen, stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('viewer');
});

test('the list filters and sorts, and the address keeps both', async ({ page, world }) => {
  const { ids } = await stateOf(world);
  const total = Object.keys(ids.containers).length;
  await page.goto('/containers');
  const table = page.getByRole('table', { name: 'Containers' });
  const count = page.getByRole('search').getByRole('status');
  await expect(count).toHaveText(`${total} containers`);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Functions');
  await expect(count).toHaveText(`2 of ${total} containers`);
  const byName = table.getByRole('button', { name: 'Name' });
  await byName.click();
  await expect(table.getByRole('link')).toHaveText(['Render', 'Simulate']);
  await byName.click();
  await expect(table.getByRole('link')).toHaveText(['Simulate', 'Render']);
  await page.reload();
  await expect(table.getByRole('link')).toHaveText(['Simulate', 'Render']);
  await page.getByRole('textbox', { name: 'Filter containers' }).fill('nothing like it');
  await expect(page.getByText('No containers match.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(table.getByRole('link')).toHaveCount(2);
});

test('a container shows its instances and how it is set up, but no secret value', async ({ page, world }) => {
  await page.goto('/containers?q=api');
  await page.getByRole('table', { name: 'Containers' }).getByRole('link', { name: 'API' }).click();
  await expect(title(page)).toHaveText('API');
  const members = page.getByRole('table', { name: 'Instances of API' });
  await expect(members.getByRole('link', { name: /^api-/ }).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Resources' })).toContainText('iB');
  const variables = page.getByRole('region', { name: 'Environment variables' });
  await expect(variables).toContainText('Names only');
  await expect(variables.getByRole('listitem').first()).toHaveText(/^[A-Z_]+$/);

  const name = await members.getByRole('link').first().innerText();
  await members.getByRole('link').first().click();
  await expect(title(page)).toHaveText(name);
  await page.goBack();
  await expect(title(page)).toHaveText('API');
  await page.goBack();
  await expect(page).toHaveURL('/containers?q=api');

  const { ids } = await stateOf(world);
  await page.goto(`/containers/${ids.containers['render']}`);
  await expect(page.getByRole('region', { name: 'Function limits' })).toContainText('Pool size');
  await page.getByRole('link', { name: 'Claims of Render' }).click();
  await expect(page.getByRole('combobox', { name: 'Function' })).toHaveValue(ids.containers['render'] ?? '');
});

test('an open container follows its instances', async ({ page, world }) => {
  const gateway = await quietInstance(page, world);
  await page.goto(`/containers/${gateway.containerId}`);
  // Its charts have tables with rows of the same name.
  const instances = page.getByRole('table', { name: 'Instances of' });
  const row = instances.getByRole('row').filter({ hasText: gateway.name });
  await expect(row).toContainText('Running');
  await happen(world, 'instance.fail', gateway.id);
  await expect(row).toContainText('Failed');
  await happen(world, 'instance.start', gateway.id);
  await expect(row).toContainText('Running');
});

test('a container that does not exist says so', async ({ page }) => {
  await page.goto('/containers/000000000000000000000000');
  await expect(page.getByRole('alert')).toContainText('There is no such container');
});
