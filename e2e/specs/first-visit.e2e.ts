import { accountOf } from '../../scripts/lib/accounts.ts';
import { expect, test } from '../fixtures.ts';
import { startSecondServer } from '../second-server.ts';

test('a viewer is told once what to do here', async ({ page, signInAs, world }) => {
  const { username } = accountOf(world.env, 'viewer');
  await signInAs('viewer');
  await page.goto('/');
  const welcome = page.getByRole('region', { name: `Welcome, ${username}. You have view-only access` });
  await expect(welcome).toContainText('ask an admin for the operator role');
  await welcome.getByRole('button', { name: 'Got it' }).click();
  await expect(welcome).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Needs attention' })).toBeVisible();
  await expect(welcome).toHaveCount(0);
});

test('what was never configured says how to set it up, to an admin, and whom to ask', async ({
  page,
  world,
}) => {
  const server = await startSecondServer(world, { SCHEDULER_ACCESS_KEY: '', CYCLE_PLATFORM_API_KEY: '' });
  const enter = (role: 'admin' | 'operator') =>
    page.request.post(`${server.url}/api/session`, { data: accountOf(world.env, role) });
  try {
    expect((await enter('admin')).ok()).toBe(true);
    await page.goto(`${server.url}/robots`);
    await expect(page.getByText('Robots are not set up')).toBeVisible();
    await expect(page.getByRole('list', { name: 'How to set it up' })).toContainText(
      'Set it under Robot account.',
    );
    await page.getByRole('main').getByRole('link', { name: 'Robot account' }).last().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Robot account');

    await page.goto(`${server.url}/functions`);
    await expect(page.getByText('Claims are not set up', { exact: true })).toBeVisible();
    await expect(page.getByRole('list', { name: 'How to set it up' })).toContainText(
      'as the scheduler’s access key',
    );

    await page.goto(`${server.url}/activity`);
    await page.getByText('Cycle jobs are not set up').first().click();
    await expect(page.getByRole('list', { name: 'How to set it up' })).toContainText(
      'the hub of Cycle’s public API',
    );

    await page.context().clearCookies();
    expect((await enter('operator')).ok()).toBe(true);
    await page.goto(`${server.url}/robots`);
    await expect(page.getByText('Ask an admin to set it up.')).toBeVisible();
    await expect(page.getByRole('list', { name: 'How to set it up' })).toHaveCount(0);
  } finally {
    await server.stop();
  }
});
