import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { test as base, expect } from '../fixtures.ts';
import { expectRefused, fact, title } from '../page.ts';
import { change, ownRows } from '../presses.ts';
import { held, stateOf } from '../world.ts';

const test = base.extend<{ expectViewOnly: (button: string, claimId: string) => Promise<void> }>({
  /** Opens the claim's page as a viewer, in whose session the button must be off. */
  expectViewOnly: async ({ browser, world, signInAs }, use) => {
    await use(async (button, claimId) => {
      const other = await browser.newPage({ baseURL: world.url });
      await signInAs('viewer', other);
      await other.goto(`/functions/claims/${claimId}`);
      await expectRefused(other.getByRole('button', { name: button }), /^View-only access/);
      await other.close();
    });
  },
});

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Spawn / });
const claims = (page: Page) => page.getByRole('table', { name: 'Claims' });

async function claimOnly(page: Page): Promise<void> {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Render' }).click();
  await page.getByRole('button', { name: 'Claim only' }).click();
  await expect(dialog(page).getByRole('timer')).toHaveText(/^\d+ s left to spawn$/);
}

async function expectExpired(page: Page): Promise<void> {
  await expect(dialog(page).getByText('Expired', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(dialog(page)).toContainText('ten seconds');
}

/** Claims and spawns in one step, closes the dialog and returns the id of the claim. */
async function spawnNow(page: Page): Promise<string> {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Render' }).click();
  const answered = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/claims') && answer.request().method() === 'POST',
  );
  await page.getByRole('button', { name: 'Claim and spawn Render' }).click();
  const { id } = (await (await answered).json()) as { id: string };
  await expect(dialog(page)).toContainText('Running with', { timeout: 20_000 });
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  return id;
}

async function showEnded(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Claims' }).click();
  await page.getByRole('combobox', { name: 'State' }).selectOption('Ended');
}

async function release(page: Page, id: string): Promise<void> {
  await page.goto(`/functions/claims/${id}`);
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release Render' }).click();
  await expect(fact(page, 'State')).toHaveText('Released', { timeout: 20_000 });
}

test('claim, countdown, spawn with variables, run, release', async ({ page, world }) => {
  await claimOnly(page);
  const form = dialog(page);
  await form.getByRole('button', { name: 'Paste .env or JSON' }).click();
  await form.getByLabel('Variables as .env lines or a JSON object').fill('SCENE=barn\nTOKEN="two words"');
  await form.getByRole('button', { name: 'Use variables' }).click();
  await expect(form.getByLabel('Value of TOKEN')).toHaveAttribute('type', 'password');
  await form.getByRole('button', { name: 'Spawn Render' }).click();
  await expect(form).toContainText('Running with 2 variables', { timeout: 20_000 });
  await form.getByRole('button', { name: 'Close' }).last().click();

  // Of all that is open and held, only this claim's: others and earlier specs may hold some of the same pool.
  const [own] = await ownRows(page, '/api/claims', 'claims');
  const isHeld = async () => held(await stateOf(world), 'render').includes(own?.instanceId ?? '');
  expect(await isHeld(), 'the scheduler holds it').toBe(true);
  await expect(page.getByRole('link', { name: /^[1-9]\d* ours/ }).first()).toBeVisible();
  await claims(page).locator(`a[href$="/functions/claims/${own?.id}"]`).first().click();
  await expect(title(page)).toHaveText('Claim on Render');
  await expect(fact(page, 'Variables')).toHaveText('SCENE, TOKEN');
  await expect(fact(page, 'Owner')).toHaveText(accountOf(world.env, 'operator').username);
  await expect(page.getByText('two words')).toHaveCount(0);

  await page.getByRole('button', { name: 'Release…' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('It is stopped at once');
  await question.getByRole('button', { name: 'Release Render' }).click();
  await expect(fact(page, 'State')).toHaveText('Released', { timeout: 20_000 });
  await expect.poll(isHeld).toBe(false);
  await page.getByRole('tab', { name: 'Events' }).click();
  const steps = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
  for (const step of ['Requested', 'Claimed', 'Spawning', 'Running', 'Releasing', 'Released'])
    await expect(steps.filter({ has: page.getByText(step, { exact: true }) })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Release…' })).toHaveCount(0);
});

test('a claim that is not spawned in ten seconds is said to be gone', async ({ page }) => {
  await claimOnly(page);
  await expectExpired(page);
  await expect(dialog(page).getByRole('button', { name: 'Spawn Render' })).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await showEnded(page);
  await expect(claims(page).getByRole('row').filter({ hasText: 'Expired' }).first()).toBeVisible();
  await expect(page).toHaveURL('/functions?view=claims&state=ended');
});

test('a claim that was not wanted is given back at once', async ({ page, world }) => {
  await claimOnly(page);
  await dialog(page).getByRole('button', { name: 'Release' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await showEnded(page);
  await expect(claims(page).getByRole('row').filter({ hasText: 'Released' }).first()).toContainText(
    accountOf(world.env, 'operator').username,
  );
});

test('a claim outlives a crash of the server, and only its owner or an admin releases it', async ({
  page,
  world,
  expectViewOnly,
}) => {
  const id = await spawnNow(page);
  await world.crashServer();
  await page.goto(`/functions/claims/${id}`);
  await expect(fact(page, 'State')).toContainText('Running');
  await expectViewOnly('Release…', id);
  await release(page, id);
});

test('an expired claim is tried again, and both are linked', async ({ page }) => {
  await claimOnly(page);
  await expectExpired(page);
  await dialog(page).getByRole('link', { name: 'Open claim' }).click();
  await expect(fact(page, 'State')).toHaveText('Expired');
  const first = page.url();
  await page.getByRole('button', { name: 'Retry…' }).click();
  await page.getByRole('button', { name: 'Try Render again' }).click();
  await dialog(page).getByRole('button', { name: 'Spawn Render' }).click();
  await expect(dialog(page)).toContainText('Running with', { timeout: 20_000 });
  await dialog(page).getByRole('link', { name: 'Open claim' }).click();
  await expect(fact(page, 'State')).toContainText('Running');
  const again = page.url();
  expect(again).not.toBe(first);
  await fact(page, 'Origin').getByRole('link').click();
  await expect(page).toHaveURL(first);
  await fact(page, 'Retries').getByRole('link').click();
  await expect(page).toHaveURL(again);
  await release(page, again.split('/').at(-1) ?? '');
});

test('a run is released by itself after the time its owner chose', async ({ page }) => {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Render' }).click();
  await page.getByLabel('Release after').fill('5');
  await page.getByLabel('Unit').selectOption('seconds');
  await page.getByRole('button', { name: 'Claim and spawn Render' }).click();
  await expect(dialog(page)).toContainText('Running with', { timeout: 20_000 });
  await dialog(page).getByRole('link', { name: 'Open claim' }).click();
  await expect(fact(page, 'State')).toHaveText('Released', { timeout: 20_000 });
});

test('the token is shown to its owner on record, and to nobody else', async ({
  page,
  world,
  expectViewOnly,
}) => {
  const id = await spawnNow(page);
  await page.goto(`/functions/claims/${id}`);
  await page.getByRole('button', { name: 'Reveal…' }).click();
  await page.getByRole('button', { name: 'Show token and variables' }).click();
  await expect(page.getByRole('dialog').getByRole('term').filter({ hasText: 'Token' })).toBeVisible();
  await page.getByRole('button', { name: 'Hide and close' }).click();
  await page.goto('/activity');
  await expect(page.getByRole('row').filter({ hasText: 'Show a claim’s token' }).first()).toContainText(
    accountOf(world.env, 'operator').username,
  );
  await expectViewOnly('Reveal…', id);
  await release(page, id);
});

test('all of one’s own are released at once, and the export shows it', async ({ page }) => {
  // What specs before this one left to its release time.
  await change(page, '/api/claims/release-mine');
  await expect.poll(async () => ownRows(page, '/api/claims', 'claims')).toEqual([]);
  await spawnNow(page);
  await page.getByRole('button', { name: 'Release my claims…' }).click();
  const question = page.getByRole('dialog');
  await question.getByLabel(/^Type/).fill('release all');
  await question.getByRole('button', { name: 'Release my claims' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 claim released or being released');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('You have no open claims.')).toBeVisible();
  await showEnded(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines[0]).toContain('state');
  expect(lines.slice(1).some((line) => line.includes('released'))).toBe(true);
});

test('a wrong variable name is refused before anything is sent', async ({ page }) => {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Simulate' }).click();
  const form = page.getByRole('dialog', { name: 'Claim an instance' });
  await form.getByRole('button', { name: 'Add variable' }).click();
  await form.getByLabel('Name of variable 1').fill('9-lives');
  await expect(form.getByRole('alert')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Claim and spawn Simulate' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await form.getByRole('button', { name: 'Remove 9-lives' }).click();
  await expect(form.getByRole('button', { name: 'Claim and spawn Simulate' })).not.toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await form.getByRole('button', { name: 'Cancel' }).click();
});
