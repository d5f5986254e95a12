import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { fact, staleNotice, title } from '../page.ts';
import { fail, happen, stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('an upstream that refuses leaves the last good picture with its age, and comes back by itself', async ({
  page,
  world,
}) => {
  const gateway = await quietInstance(page, world);
  await page.goto('/instances?q=gateway');
  const table = page.getByRole('table', { name: 'Instances' });
  await expect(table).toContainText(gateway.name);

  const mend = await fail(world, { api: 'cycle', kind: 'refuse' });
  // The notification triggers a read, which now fails.
  await happen(world, 'instance.fail', gateway.id);
  const notice = staleNotice(page);
  await expect(notice).toContainText(/Cycle/, { timeout: 20_000 });
  await expect(notice).toContainText(/Last read (just now|\d+ s ago)/);
  await expect(table, 'what was read last stays').toContainText(gateway.name);
  const status = page.getByRole('button', { name: /^Delayed: Cycle/ });
  await expect(status).toBeVisible();
  await status.click();
  await expect(page.getByRole('dialog').getByRole('listitem').nth(1)).toContainText('Failing since');
  await page.keyboard.press('Escape');

  await mend();
  await expect(notice).toHaveCount(0, { timeout: 40_000 });
  await expect(table.getByRole('row').filter({ hasText: gateway.name })).toContainText('Failed');
  await happen(world, 'instance.start', gateway.id);
  await expect(table.getByRole('row').filter({ hasText: gateway.name })).toContainText('Running');
});

test('what happened while the notification stream was cut is there when it is back', async ({
  page,
  world,
}) => {
  const gateway = await quietInstance(page, world);
  await page.goto(`/instances/${gateway.id}`);
  await expect(fact(page, 'State')).toHaveText('Running');
  const mend = await fail(world, { api: 'cycle', kind: 'drop-websocket' });
  await expect.poll(async () => (await stateOf(world)).websockets).toBe(0);
  await happen(world, 'instance.fail', gateway.id, 'unseen');
  await mend();
  await expect(fact(page, 'State')).toHaveText('Failed', { timeout: 30_000 });
  await happen(world, 'instance.start', gateway.id);
  await expect(fact(page, 'State')).toHaveText('Running');
});

test('the server is killed under the open page, which says so and comes back with the truth', async ({
  page,
  world,
}) => {
  const gateway = await quietInstance(page, world);
  await page.goto(`/instances/${gateway.id}`);
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('Live');
  await world.stopServer();
  const notice = page.getByRole('status').filter({ hasText: 'the dashboard can’t be reached' });
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await expect(banner).toContainText('Offline');
  await expect(title(page)).toHaveText(gateway.name);

  await happen(world, 'instance.fail', gateway.id, 'while nobody looked');
  await world.startServer();
  await expect(notice).toHaveCount(0, { timeout: 40_000 });
  await expect(banner).toContainText('Live');
  await expect(fact(page, 'State')).toHaveText('Failed');
  await expect(fact(page, 'Error')).toContainText('while nobody looked');
  await happen(world, 'instance.start', gateway.id);
  await expect(fact(page, 'State')).toHaveText('Running');
});

test('a page asked for while the server restarts comes by itself', async ({ page, world }) => {
  await page.goto('/containers');
  await expect(page.getByRole('table', { name: 'Containers' })).toBeVisible();
  await world.stopServer();
  await page.getByRole('navigation').getByRole('link', { name: 'Activity' }).click();
  await world.startServer();
  await expect(page.getByRole('table', { name: 'Activity' })).toBeVisible({ timeout: 20_000 });
});

test('an answer that breaks off and one that is no JSON are faults, not pages', async ({ page, world }) => {
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible();
  const gateway = await quietInstance(page, world);
  for (const kind of ['cut', 'wrong-json'] as const) {
    const mend = await fail(world, { api: 'cycle', kind });
    // The previous turn's restart may still be running and refuse another.
    await expect(() => happen(world, 'instance.restart', gateway.id)).toPass();
    await expect(staleNotice(page)).toBeVisible({
      timeout: 20_000,
    });
    await mend();
    await expect(staleNotice(page)).toHaveCount(0, {
      timeout: 40_000,
    });
  }
  await expect(page.getByRole('list', { name: 'Figures' })).toBeVisible();
});
