import type { Page } from '@playwright/test';

import { violations } from '../accessible.ts';
import { cycle } from '../cycle.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { expectRefused, fact, overflow, title } from '../page.ts';

type Received = {
  metrics: { metric: string; points: { values: number[] }[] }[];
  events: { event: string; priority: string }[];
  snapshots: Record<string, unknown>[];
};
type Services = { scheduler: { config: { access_keys: { name: string; secret: string }[] } } };

const received = (world: World) => world.control('GET', '/received') as Promise<Received>;

async function open(page: Page, name: string): Promise<void> {
  await page.goto('/environment');
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
  await expect(title(page)).toHaveText(name);
}

test('variables, settings, hub and cache show what Cycle says, and secrets only when asked for', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('admin');
  const variables = await cycle<Record<string, string>>(world, '/v1/environment/scoped-variables');
  const secret = variables['DB_URL'] ?? 'none';
  await open(page, 'Variables');
  await expect(page.getByRole('row').filter({ hasText: 'DB_URL' })).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  await page.getByRole('button', { name: 'Show DB_URL' }).click();
  await page.getByRole('button', { name: 'Show the value' }).click();
  await expect(page.getByLabel('Value of DB_URL')).toHaveText(secret);
  await expect(page.getByRole('dialog')).toContainText(/Hidden in (1 min|\d+ s)/);
  await page.getByRole('button', { name: 'Hide and close' }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  expect.soft(await violations(page)).toEqual([]);

  await open(page, 'Settings');
  const environment = await cycle<{ name: string; services: Services }>(world, '/v1/environment');
  await expect(fact(page, 'Name')).toHaveText(environment.name);
  for (const { name, secret: key } of environment.services.scheduler.config.access_keys) {
    await expect(fact(page, `Key ${name}`)).toBeVisible();
    await expect(page.getByText(key)).toHaveCount(0);
  }
  expect.soft(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Check a login…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Check a VPN login' });
  await dialog.getByLabel('Account name').fill('vera');
  await dialog.getByLabel('Password').fill('vera-demo');
  await dialog.getByRole('button', { name: 'Check login' }).click();
  await expect(dialog).toContainText('This login works.');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('tab', { name: 'Load balancer' }).click();
  await expect(page.getByRole('region', { name: 'Controller port-443' })).toContainText('30s');
  await page.getByRole('tab', { name: 'Metadata file' }).click();
  await expect(fact(page, 'Path')).toHaveText(world.env['CYCLE_METADATA_FILE'] ?? '');

  await open(page, 'Hub');
  await expect(fact(page, 'Name')).toHaveText((await cycle<{ name: string }>(world, '/v1/hub')).name);
  await page.getByLabel('Identifier').fill('backups');
  await page.getByRole('button', { name: 'Look up integration' }).click();
  await expect(fact(page, 'Credentials set')).toContainText('api_key');
  expect.soft(await violations(page)).toEqual([]);

  await open(page, 'Object cache');
  const put = page.getByRole('region', { name: 'Put an entry' });
  await put.getByLabel('Key').fill('e2e-leader');
  await put.getByLabel('Kept for').fill('soon');
  await put.getByLabel('Value').fill('instance-7');
  await put.getByRole('button', { name: 'Put entry' }).click();
  await expect(put.getByText('Expected a duration, such as 72h45m.')).toBeVisible();
  await put.getByLabel('Kept for').fill('15m');
  await put.getByRole('button', { name: 'Put entry' }).click();
  await expect(put.getByText('Kept under e2e-leader for 15m.')).toBeVisible();
  const read = page.getByRole('region', { name: 'Read an entry' });
  await read.getByLabel('Key').fill('e2e-leader');
  await read.getByRole('button', { name: 'Read entry' }).click();
  await expect(read.getByLabel('Value of e2e-leader')).toHaveText('instance-7');
  expect.soft(await violations(page)).toEqual([]);
});

test('notifications come as they happen, and what is sent to monitoring arrives', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const notify = (id: string) =>
    world.control('POST', '/events', { kind: 'notify', topic: 'sdn.network.reconfigured', id });
  await page.goto('/notifications?q=e2e-net');
  await expect(title(page)).toHaveText('Notifications');
  await notify('e2e-net-1');
  const raw = page.getByRole('button', { name: /^Raw sdn\.network\.reconfigured/ });
  await expect(raw).toHaveCount(1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await notify('e2e-net-2');
  await expect(page.getByText(/\d+ more since the pause/)).toBeVisible();
  await expect(raw).toHaveCount(1);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(raw).toHaveCount(2);
  await raw.last().click();
  await expect(page.getByLabel('Notification as JSON')).toContainText('"id": "e2e-net-1"');
  await page.keyboard.press('Escape');
  expect.soft(await violations(page)).toEqual([]);

  await page.goto('/monitoring');
  await page.getByLabel('Name').fill('e2e.queue');
  await page.getByLabel('Value').fill('1.5');
  await page.getByRole('button', { name: 'Send metric' }).click();
  await expect(page.getByText('Expected a whole number.')).toBeVisible();
  await page.getByLabel('Value').fill('3');
  await page.getByRole('button', { name: 'Send metric' }).click();
  await expect(page.getByText('Cycle took 1 metric.')).toBeVisible();
  await page.getByRole('tab', { name: 'Event' }).click();
  await page.getByLabel('Name').fill('e2e.failed');
  await page.getByLabel('Priority').selectOption('high');
  await page.getByRole('button', { name: 'Send event' }).click();
  await expect(page.getByText('Cycle took 1 event.')).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Load balancer' }).click();
  await page.getByRole('button', { name: 'Use an example' }).click();
  const requests = page.getByRole('list', { name: 'Requests by instance' }).getByRole('listitem');
  await expect(requests).toHaveText([/120$/, /80$/]);
  await page.getByRole('button', { name: 'Hand in snapshot' }).click();
  await expect(page.getByText('Cycle took 1 snapshot.')).toBeVisible();
  expect.soft(await violations(page)).toEqual([]);
  const { metrics, events, snapshots } = await received(world);
  expect(metrics.find(({ metric }) => metric === 'e2e.queue')?.points[0]?.values).toEqual([3]);
  expect(events.find(({ event }) => event === 'e2e.failed')?.priority).toBe('high');
  expect(Object.keys(snapshots.at(-1) ?? {})).toEqual(['port-443']);
});

test('a viewer sees names and no secrets, on a phone too', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/variables');
  await expectRefused(page.getByRole('button', { name: 'Show DB_URL' }), 'Only admins can show a value.');
  for (const [path, name] of [
    ['/variables', 'Variables'],
    ['/settings', 'Settings'],
    ['/settings?view=load-balancer', 'Settings'],
    ['/notifications', 'Notifications'],
    ['/object-cache', 'Object cache'],
    ['/monitoring', 'Send to monitoring'],
    ['/hub', 'Hub'],
  ] as const) {
    await page.goto(path);
    await expect(title(page)).toHaveText(name);
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    expect.soft(await overflow(page), path).toBe(0);
    if (path.includes('load-balancer') || path === '/monitoring')
      expect.soft(await violations(page), path).toEqual([]);
  }
  await page.goto('/object-cache');
  await expect(page.getByText('Not for viewers')).toBeVisible();
});
