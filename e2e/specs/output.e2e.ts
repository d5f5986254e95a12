import { readFileSync } from 'node:fs';

import { expectAccessible } from '../accessible.ts';
import { quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { fail } from '../world.ts';

const ESC = '\u001B';
const event = (world: World, body: object) => world.control('POST', '/events', body);

test.afterEach(async ({ world }) => {
  await event(world, { kind: 'capabilities.set', capabilities: null });
  await event(world, { kind: 'logs.set' });
});

test('the logs of an instance are what it wrote: searched, followed, by stream, as a file', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const { id, name } = await quietInstance(page, world);
  const write = (message: string, source = 'stdout') =>
    event(world, { kind: 'output.write', id, message, source });
  await write(`${ESC}[31mcould not reach${ESC}[0m postgres://app:hunter2@db/app\r\n`, 'stderr');
  await write('order 4711 <b>shipped</b> in 12 ms\n');
  await page.goto(`/instances/${id}`);
  await page.getByRole('tab', { name: 'Logs' }).click();
  const lines = page.getByRole('region', { name: 'Lines', exact: true });
  await expect(lines.getByText('order 4711 <b>shipped</b> in 12 ms', { exact: true })).toBeVisible();
  const count = page.getByRole('heading', { name: /^[\d,]+ lines$/ });
  await expect(count).toBeVisible();
  await expectAccessible(page);

  const find = page.getByRole('textbox', { name: 'Find in logs' });
  await find.fill('could not');
  await find.press('Enter');
  await expect(page.getByRole('heading', { name: '1 line', exact: true })).toBeVisible();
  await expect(lines.getByText('could not reach postgres://db/app', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/find=could/);
  await page.getByRole('combobox', { name: 'Search by' }).selectOption('Regular expression');
  await find.fill(String.raw`order \d+ .*shipped|could (not|never)`);
  await find.press('Enter');
  await expect(page.getByRole('heading', { name: '2 lines', exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'Stream' }).selectOption('stderr');
  await expect(page.getByRole('heading', { name: '1 line of stderr' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Stream' }).selectOption('Both streams');

  await page.getByRole('checkbox', { name: 'Follow' }).check();
  await write('order 4712 was shipped as well\n');
  await expect(lines.getByText('order 4712 was shipped as well')).toBeVisible({ timeout: 30_000 });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^${name}-.*\\.log$`));
  const text = readFileSync(await saved.path(), 'utf8');
  expect(text.split('\n')).toHaveLength(4);
  expect(text).toMatch(/^\S+Z stderr could not reach postgres:\/\/db\/app\n/);

  await find.fill('(?=ahead)');
  await find.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Cycle does not take this regular expression.');
  await find.fill('nobody wrote this');
  await page.getByRole('combobox', { name: 'Search by' }).selectOption('Text');
  await find.press('Enter');
  await expect(page.getByText('No line matches in this time')).toBeVisible();
});

test('what keeps logs from being shown stands where they would be', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const { id } = await quietInstance(page, world);
  await event(world, { kind: 'capabilities.set', capabilities: ['containers-view'] });
  await page.goto(`/instances/${id}?tab=logs`);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('lacks the capability monitor-view');
  await expect(alert).toContainText('give the API key this capability');
  await event(world, { kind: 'capabilities.set', capabilities: null });
  await event(world, { kind: 'logs.set', aggregated: false });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toContainText('not enabled');
  await event(world, { kind: 'logs.set', keeps: 'oldest' });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('region', { name: 'Lines', exact: true })).toBeVisible();
});

test('the console is live, and comes back when it breaks off', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  const { id } = await quietInstance(page, world);
  const write = (message: string) => event(world, { kind: 'output.write', id, message });
  await write(`${ESC}[32mready${ESC}[0m on <i>port</i> 8080\r\n`);
  await page.goto(`/instances/${id}?tab=console`);
  const lines = page.getByRole('region', { name: 'Lines', exact: true });
  const status = page
    .getByRole('tabpanel')
    .getByRole('status')
    .filter({ hasText: /Live|Connecting/ });
  await expect(lines.getByText('ready on <i>port</i> 8080', { exact: true })).toBeVisible();
  await expect(status).toHaveText('Live');
  await expectAccessible(page);
  await write('and a line ');
  await write('in two parts\n');
  await expect(lines.getByText('and a line in two parts', { exact: true })).toBeVisible();

  const heal = await fail(world, { api: 'platform', kind: 'drop-websocket' });
  await expect(status).toContainText('Connecting again. The console broke off.');
  await expect(lines.getByText('and a line in two parts', { exact: true })).toBeVisible();
  await heal();
  await expect(status).toHaveText('Live', { timeout: 60_000 });
  await write('written after that\n');
  await expect(lines.getByText('written after that', { exact: true })).toBeVisible();
});

test('a key without the capability has no console, and the page says which it needs', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  const { id } = await quietInstance(page, world);
  // Nobody has looked at it for long enough that no connection is left.
  await expect
    .poll(async () => ((await world.control('GET', '/state')) as { consoles: number }).consoles, {
      timeout: 60_000,
    })
    .toBe(0);
  await event(world, { kind: 'capabilities.set', capabilities: ['monitor-view'] });
  await page.goto(`/instances/${id}?tab=console`);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('lacks the capability containers-console');
  await event(world, { kind: 'capabilities.set', capabilities: null });
  await expect(async () => {
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('region', { name: 'Lines', exact: true })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
});

test('a viewer is told who can read what programs write', async ({ page, world, signInAs }) => {
  await signInAs('viewer');
  const { id } = await quietInstance(page, world);
  await page.goto(`/instances/${id}?tab=logs`);
  await expect(page.getByText('Not for viewers')).toBeVisible();
});
