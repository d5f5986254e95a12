import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders, nodesOf, quietInstance } from '../api.ts';
import { countClicks } from '../clicks.ts';
import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';
import { bookDialog, nameOf, panel, quietRobot, terminate, waitUntilReady } from '../robots.ts';
import { happen } from '../world.ts';

// Only an address on the robot’s side of the wire can be let in at its firewall.
test.use({ host: '127.0.0.1' });

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

test('restarting six of a filter takes four clicks, the way to the list included', async ({ page }) => {
  const clicks = await countClicks(page);
  const six = (await nodesOf(page)).filter(
    ({ kind, name }) => kind === 'instance' && name.startsWith('api-'),
  );
  expect(six.length).toBeGreaterThanOrEqual(6);
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Instances', exact: true }).click();
  await expect(title(page)).toHaveText('Instances');
  const filter = page.getByRole('textbox', { name: 'Filter instances' });
  await expect(filter).toBeVisible();
  await page.keyboard.press('/');
  await expect(filter).toBeFocused();
  await page.keyboard.type('api-');
  await page.getByRole('button', { name: /^Select all [1-9]$/ }).click();
  await page.getByRole('button', { name: /^Restart [1-9]$/ }).click();
  await page
    .getByRole('dialog', { name: /^Restart [1-9] instances\?$/ })
    .getByRole('button', { name: /^Restart/ })
    .click();
  await expect(page.getByRole('dialog', { name: /^Restart of [1-9] instances$/ })).toBeVisible();
  expect(clicks.taken()).toBe(4);
});

test('from any page to the command that logs in to a robot takes seven clicks', async ({ page }) => {
  const robot = await quietRobot(page, 'eu:cze');
  const clicks = await countClicks(page);
  await page.goto('/');
  await page.getByRole('navigation').getByRole('link', { name: 'Robots', exact: true }).click();
  await page.getByRole('button', { name: `Book ${nameOf(robot)}` }).click();
  await bookDialog(page).getByRole('button', { name: 'Create key pair' }).click();
  await bookDialog(page)
    .getByRole('button', { name: /^Download cyclorama-/ })
    .click();
  await bookDialog(page)
    .getByRole('button', { name: /^Book / })
    .click();
  await waitUntilReady(page);
  await panel(page, 'Firewall')
    .getByRole('button', { name: /^Allow my address/ })
    .click();
  await expect(panel(page, 'Firewall').getByRole('list', { name: 'Firewall rules' })).toBeVisible();
  await expect(panel(page, 'Connect')).toContainText(/ssh -i \S+/);
  await panel(page, 'Connect').getByRole('button', { name: /^Copy/ }).last().click();
  expect(clicks.taken()).toBe(7);
  await terminate(page);
});
