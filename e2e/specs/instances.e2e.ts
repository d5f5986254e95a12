import { accountOf } from '../../scripts/lib/accounts.ts';
import { instancesOf, nodesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact, title } from '../page.ts';
import { happen, stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('the list filters, groups and sorts, and the address keeps it through a detail page and back', async ({
  page,
  world,
}) => {
  const { instances } = await stateOf(world);
  const found = await instancesOf(page, world, 'postgres');
  await page.goto('/instances');
  const table = page.getByRole('table', { name: 'Instances' });
  const count = page.getByRole('search').getByRole('status');
  await expect(count).toHaveText(`${instances.total} instances`);
  await page.getByRole('textbox', { name: 'Filter instances' }).fill('postgres');
  await expect(count).toHaveText(`${found.length} of ${instances.total} instances`);
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('By server');
  await expect(table.getByRole('rowheader').first()).toBeVisible();
  const byName = table.getByRole('button', { name: 'Name' });
  await byName.click();
  await expect(page).toHaveURL(/dir=asc/);
  await byName.click();
  await expect(page).toHaveURL(/dir=desc/);
  const names = await table.getByRole('link', { name: /^postgres-/ }).allInnerTexts();
  expect(names).toHaveLength(found.length);
  const address = page.url();
  expect(Object.fromEntries(new URL(address).searchParams)).toEqual({
    q: 'postgres',
    group: 'server',
    sort: 'name',
    dir: 'desc',
  });
  await table.getByRole('link', { name: names[0] }).click();
  await expect(title(page)).toHaveText(names[0] ?? '');
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(table.getByRole('link', { name: /^postgres-/ })).toHaveText(names);
});

test('state chips narrow the list, and columns can be put away', async ({ page }) => {
  await page.goto('/instances');
  const table = page.getByRole('table', { name: 'Instances' });
  await page
    .getByRole('group', { name: 'State' })
    .getByRole('button', { name: /^Stopped/ })
    .click();
  await expect(page).toHaveURL(/state=/);
  await expect(table.getByRole('row', { name: /Stopped/ }).first()).toBeVisible();
  await expect(table.getByRole('row', { name: /Running/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Private IP' }).click();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'Private IP' })).toHaveCount(0);
});

test('an instance is stopped and started, each followed to its end and kept on record', async ({
  page,
  world,
}) => {
  const gateway = await quietInstance(page, world);
  const { username: person } = accountOf(world.env, 'operator');
  await page.goto(`/instances/${gateway.id}`);
  await expect(fact(page, 'State')).toHaveText('Running');
  await expectRefused(
    page.getByRole('button', { name: `Start ${gateway.name}`, exact: true }),
    /It is running/,
  );

  await page.getByRole('button', { name: `Stop ${gateway.name}` }).click();
  const question = page.getByRole('dialog', { name: `Stop ${gateway.name}?` });
  await question.getByRole('button', { name: `Stop ${gateway.name}` }).click();
  await expect(question).toHaveCount(0);
  const progress = page.getByRole('status').filter({ has: page.getByText(/^(Start|Stop)$/) });
  await expect(page.getByText(`by ${person}`)).toBeVisible();
  await expect(progress).toContainText('Stop');
  await expect(progress).toContainText('Done', { timeout: 20_000 });
  await expect(fact(page, 'State')).toHaveText('Stopped');
  await expectRefused(page.getByRole('button', { name: `Stop ${gateway.name}` }), /It is stopped/);

  await page.getByRole('button', { name: `Start ${gateway.name}`, exact: true }).click();
  await expect(progress).toContainText('Start');
  await expect(progress).toContainText('Done', { timeout: 20_000 });
  await expect(fact(page, 'State')).toHaveText('Running');

  await page.goto(`/activity?subject=${gateway.id}`);
  const log = page.getByRole('table', { name: 'Activity' });
  await expect(log.getByRole('row').filter({ hasText: 'Start instance' }).first()).toContainText(person);
  await expect(log.getByRole('row').filter({ hasText: 'Stop instance' }).first()).toContainText('Done');
});

test('what can’t be done is off, with the reason on it', async ({ page, world }) => {
  const pooled = (await instancesOf(page, world, 'simulate'))[0];
  await page.goto(`/instances/${pooled?.id}`);
  const reason = /belongs to a function’s pool/;
  await expectRefused(page.getByRole('button', { name: `Start ${pooled?.name}`, exact: true }), reason);

  const gateway = await quietInstance(page, world);
  await page.goto(`/instances/${gateway.id}`);
  await expect(fact(page, 'Permission')).toHaveText('Active');
  await happen(world, 'instance.hibernate', gateway.id);
  await expect(fact(page, 'Permission')).toHaveText('Hibernating');
  await expectRefused(
    page.getByRole('button', { name: `Start ${gateway.name}`, exact: true }),
    /hibernating/,
  );
  await expect(fact(page, 'State')).toHaveText('Stopped');
  await happen(world, 'instance.activate', gateway.id);
  await happen(world, 'instance.start', gateway.id);
  await expect(fact(page, 'State')).toHaveText('Running');
});

test('stopping the dashboard itself warns and asks for its name', async ({ page, world }) => {
  const { ids } = await stateOf(world);
  const own = (await nodesOf(page)).find(({ id }) => id === ids.self.instanceId);
  await page.goto(`/instances/${ids.self.instanceId}`);
  await expect(page.getByText('This dashboard', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: `Stop ${own?.name}` }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Stopping it closes the dashboard');
  const confirm = question.getByRole('button', { name: `Stop ${own?.name}` });
  await expect(confirm).toHaveAccessibleDescription(/Type .* to confirm/);
  await confirm.click({ force: true });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await expect(fact(page, 'State')).toHaveText('Running');
});
