import type { Locator, Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders } from '../api.ts';
import { confirmation, runOut } from '../confirmation.ts';
import { cycle } from '../cycle.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { title } from '../page.ts';
import { happen, stateOf } from '../world.ts';

// A world of its own, whose host goes down; a host that restarts takes 20 s of simulated time.
test.use({ speed: 4 });
test.describe.configure({ mode: 'serial' });

type Instance = { id: string; state: { current: string } };
type Own = { id: string; hostname: string };

async function stateOfDashboard(world: World): Promise<string | undefined> {
  const { ids } = await stateOf(world);
  const instances = await cycle<Instance[]>(world, '/v1/environment/instances');
  return instances.find(({ id }) => id === ids.self.instanceId)?.state.current;
}

async function openOwnServer(page: Page): Promise<Own> {
  const own = (await (await page.request.get('/api/servers/own')).json()) as Own;
  await page.goto(`/servers/${own.id}`);
  await expect(page.getByRole('heading', { name: /^Runs here/ })).toBeVisible();
  return own;
}

/** Types the host's name, sends, and confirms by password that it is the admin. */
async function ask(page: Page, world: World, verb: 'Reboot' | 'Power off', hostname: string): Promise<void> {
  await page.getByRole('button', { name: `${verb}…` }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${verb} `) });
  const send = dialog.getByRole('button', { name: `${verb} ${hostname}` });
  await dialog.getByRole('textbox').fill(`${hostname}x`);
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill(hostname);
  await runOut(page, '/api/servers/own/power');
  await send.click();
  await expect(confirmation(page)).toBeVisible();
  expect(await stateOfDashboard(world), 'before it is confirmed').toBe('running');
  await confirmation(page).getByLabel('Password').fill(accountOf(world.env, 'admin').password);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${verb} requested`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
}

/** The host goes down with the dashboard, `comeOn`, and both are back. */
async function goThroughIt(page: Page, world: World, comeOn: () => Promise<unknown>): Promise<void> {
  await world.stopServer();
  await expect(offline(page)).toBeVisible({ timeout: 60_000 });
  await comeOn();
  await expect.poll(() => stateOfDashboard(world), { timeout: 60_000 }).toBe('running');
  await world.startServer();
  await expect(offline(page)).toHaveCount(0, { timeout: 60_000 });
}

async function expectOnRecord(page: Page, world: World, what: string): Promise<void> {
  await page.goto('/activity?view=record');
  const entry = page.getByRole('row').filter({ hasText: what }).first();
  await expect(entry).toContainText(accountOf(world.env, 'admin').username);
}

const offline = (page: Page): Locator => page.getByText(/^Offline: the dashboard can’t be reached/);
/** Survives everything but a reload. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { opened: true }));
const isMarked = (page: Page) => page.evaluate(() => 'opened' in window);

test('a reboot, by name and password, takes the dashboard along and brings it back by itself', async ({
  page,
  world,
  signInAs,
}) => {
  test.slow();
  await signInAs('admin');
  const { hostname } = await openOwnServer(page);
  await mark(page);
  await ask(page, world, 'Reboot', hostname);
  await expect.poll(() => stateOfDashboard(world)).toMatch(/^stopp/);
  // It comes on by itself.
  await goThroughIt(page, world, () => Promise.resolve());
  const { ids } = await stateOf(world);
  const own = page
    .getByRole('table', { name: /^Instances on / })
    .locator(`tr:has(a[href$="${ids.self.instanceId}"])`);
  await expect(own).toContainText('Running', { timeout: 30_000 });
  expect(await isMarked(page), 'without a reload').toBe(true);
  await expectOnRecord(page, world, 'Reboot a server');
});

test('a host that is powered off stays off until somebody switches it on', async ({
  page,
  world,
  signInAs,
}) => {
  test.slow();
  await signInAs('admin');
  const { id, hostname } = await openOwnServer(page);
  await mark(page);
  await ask(page, world, 'Power off', hostname);
  await expect.poll(() => stateOfDashboard(world)).toBe('stopped');
  // As at the provider: somebody switches it on again.
  await goThroughIt(page, world, () => happen(world, 'server.reboot', id));
  await expect(title(page)).toBeVisible();
  expect(await isMarked(page), 'without a reload').toBe(true);
  await expectOnRecord(page, world, 'Power off a server');
});

test('the name of another host is refused before anything is sent', async ({ page, world, signInAs }) => {
  await signInAs('admin');
  const answer = await page.request.post('/api/servers/own/power', {
    data: { action: 'poweroff', hostname: 'another-host' },
    headers: await csrfHeaders(page),
  });
  expect(answer.status()).toBe(409);
  expect(await stateOfDashboard(world)).toBe('running');
});
