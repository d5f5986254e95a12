import { accountOf } from '../../scripts/lib/accounts.ts';
import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';
import { happen, stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('the figures are those of the environment, and each leads to its page', async ({ page, world }) => {
  await page.goto('/');
  const figures = page.getByRole('list', { name: 'Figures' });
  // The world keeps changing, so both sides are read until they agree.
  await expect(async () => {
    const { instances } = await stateOf(world);
    const text = await figures.getByRole('link', { name: /^Instances/ }).innerText();
    expect(text).toContain(String(instances.total));
  }).toPass();
  await expect(figures.getByRole('link', { name: /^Servers/ })).toContainText('in 2 locations');
  for (const [figure, heading] of [
    ['Instances', 'Instances'],
    ['Containers', 'Containers'],
    ['Claims', 'Functions'],
    ['Robots', 'Robots'],
    ['Servers', 'Topology'],
  ] as const) {
    await figures.getByRole('link', { name: new RegExp(`^${figure}`) }).click();
    await expect(title(page)).toHaveText(heading);
    await page.goBack();
  }
});

test('a service that fails shows without a reload, leads to its cause, and disappears when it has recovered', async ({
  page,
  world,
}) => {
  const gateway = await quietInstance(page, world);
  await page.goto('/');
  const services = page.getByRole('region', { name: 'Services' }).getByRole('listitem');
  await expect(services).toHaveCount(5);
  const row = services.filter({ hasText: 'Gateway' });
  await expect(row).toContainText('Running, 1 of 1');

  await happen(world, 'instance.fail', gateway.id, 'exit code 3');
  await expect(row).toContainText('Down, 0 of 1');
  const attention = page.getByRole('region', { name: /Needs attention/ });
  const item = attention.getByRole('listitem').filter({ hasText: gateway.name });
  await expect(item.getByRole('img', { name: 'Urgent' })).toBeVisible();
  await item.getByRole('link', { name: gateway.name }).click();
  await expect(title(page)).toHaveText(gateway.name);
  await expect(fact(page, 'Error')).toContainText('exit code 3');

  await happen(world, 'instance.start', gateway.id);
  await page.goBack();
  await expect(row).toContainText('Running, 1 of 1');
  await expect(attention.getByRole('listitem').filter({ hasText: gateway.name })).toHaveCount(0);
});

test('what the environment uses is measured, and the sign-in is on record', async ({ page, world }) => {
  await page.goto('/');
  const memory = page.getByRole('region', { name: 'Memory, last hour' });
  // The first samples come within half a minute of the server's start.
  await expect(memory.getByRole('img', { name: /^Memory, last hour: now [\d.]+ GiB$/ })).toBeVisible({
    timeout: 40_000,
  });
  const busiest = memory.getByRole('list', { name: /^Busiest instances/ }).getByRole('link');
  const name = await busiest.first().innerText();
  const recent = page.getByRole('region', { name: 'Recent activity' });
  const { username: person } = accountOf(world.env, 'operator');
  await expect(
    recent
      .getByRole('listitem')
      .filter({ hasText: `${person} · Sign in` })
      .first(),
  ).toBeVisible();
  await busiest.first().click();
  await expect(title(page)).toHaveText(name);
});
