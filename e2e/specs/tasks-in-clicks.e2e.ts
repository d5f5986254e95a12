import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders, quietInstance } from '../api.ts';
import { countClicks } from '../clicks.ts';
import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';
import { happen } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('on call: what is wrong, since when and why, what happened before, and the restart of one', async ({
  page,
  world,
}) => {
  const { username: person } = accountOf(world.env, 'operator');
  const gateway = await quietInstance(page, world);
  const restarted = await page.request.post(`/api/instances/${gateway.id}/tasks`, {
    data: { action: 'restart' },
    headers: await csrfHeaders(page),
  });
  const { id: taskId } = (await restarted.json()) as { id: string };
  await expect(async () => {
    const answer = await page.request.get(`/api/instances/${gateway.id}`);
    expect(await answer.json()).toMatchObject({ task: { id: taskId, state: 'done' } });
  }).toPass({ timeout: 30_000 });
  await happen(world, 'instance.fail', gateway.id, 'exit code 3');

  const clicks = await countClicks(page);
  await page.goto('/');
  await expect(page.getByText(/^\d+ things? needs? a person/)).toBeVisible();
  const item = page
    .getByRole('region', { name: /Needs attention/ })
    .getByRole('listitem')
    .filter({ hasText: gateway.name });
  await expect(item.getByRole('img', { name: 'Urgent' })).toBeVisible();
  expect(clicks.taken(), 'what is wrong').toBe(0);

  await expect(item).toContainText(/exit code 3.*for \d+ s/);
  await expect(item).toContainText(`Just before: Restart done`);
  await expect(item).toContainText(`by ${person}`);
  expect(clicks.taken(), 'what happened before, without opening it').toBe(0);

  await item.getByRole('link', { name: gateway.name }).click();
  await expect(title(page)).toHaveText(gateway.name);
  await expect(fact(page, 'Error')).toContainText('exit code 3');
  await expect(fact(page, 'Changed')).toContainText(/\d{4}-\d\d-\d\d/);
  expect(clicks.taken(), 'since when and why').toBe(1);
  await page.getByRole('tab', { name: 'Events' }).click();
  const life = page.getByRole('tabpanel').getByRole('listitem');
  await expect(life.filter({ hasText: 'Failed' }).first()).toBeVisible();
  await expect(life.filter({ hasText: 'Restart done' }).first()).toBeVisible();
  expect(clicks.taken(), 'everything that happened before').toBe(1);

  await page.goto('/');
  await item.getByRole('button', { name: /^Restart 1 instance of / }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restart 1 instance of / })
    .click();
  const report = page.getByRole('dialog', { name: 'Restart of 1 instance' });
  await expect(report.getByRole('status')).toHaveText('1 done', { timeout: 30_000 });
  await expect(report.getByRole('listitem')).toContainText(gateway.name);
  await expect(item).toHaveCount(0);
  expect(clicks.taken(), 'restart one').toBe(2);
});
