import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import { stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

type NewBatch = { runs: number; atOnce: number; releaseAfter: string };

/** Starts a batch of `Render`; the dialog stays open at its progress. */
async function startBatch(page: Page, { runs, atOnce, releaseAfter }: NewBatch): Promise<void> {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Render' }).click();
  const form = page.getByRole('dialog', { name: 'Claim an instance' });
  await form.getByLabel('Runs').fill(String(runs));
  await form.getByLabel('In parallel').fill(String(atOnce));
  await form.getByLabel('Release after').fill(releaseAfter);
  await form.getByLabel('Unit').selectOption('seconds');
  await form.getByRole('button', { name: `Run Render ${runs} times` }).click();
  await expect(progressOf(page, runs)).toContainText(`of ${runs} started`);
}

type Run = { state: string; instanceId: string | null };

async function runsOfNewestBatch(page: Page): Promise<Run[]> {
  const read = async (path: string): Promise<unknown> => (await page.request.get(path)).json();
  const { batches } = (await read('/api/claim-batches')) as { batches: { id: string }[] };
  const { claims } = (await read(`/api/claims?state=all&batchId=${batches[0]?.id}`)) as { claims: Run[] };
  return claims;
}

const progressOf = (page: Page, runs: number) => page.getByRole('dialog', { name: `Render, ${runs} runs` });
const newest = (page: Page) => page.getByRole('table', { name: 'Batches' }).getByRole('row').nth(1);

test('a batch runs to its end, a few at a time, and its claims are listed', async ({ page }) => {
  await startBatch(page, { runs: 4, atOnce: 2, releaseAfter: '5' });
  const progress = progressOf(page, 4);
  await expect(progress).toContainText('2 of 4 started · 2 open');
  await expect(progress).toContainText('4 of 4 started · 0 open · 4 done · 0 failed', { timeout: 40_000 });
  await expect(progress).toContainText('Done');
  await expect(progress.getByRole('button', { name: 'Stop…' })).toHaveCount(0);
  await progress.getByRole('link', { name: 'Claims in this batch' }).click();
  await expect(page.getByRole('status').filter({ hasText: '4 claims' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'State' })).toHaveValue('all');
  const rows = page.getByRole('table', { name: 'Claims' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Released' })).toHaveCount(4);
  await page.getByRole('tab', { name: 'Durations' }).click();
  await expect(page.getByRole('region', { name: 'Run' })).toContainText('95th percentile');
});

test('a batch is stopped with its open runs, and nothing stays held', async ({ page, world }) => {
  await startBatch(page, { runs: 50, atOnce: 2, releaseAfter: '600' });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('tab', { name: 'Batches' }).click();
  await expect(newest(page)).toContainText('2 of 50 started · 2 open');
  await newest(page).getByRole('button', { name: 'Stop…' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('48 runs will not be started');
  await question.getByRole('checkbox', { name: 'Also release the 2 open runs' }).check();
  await question.getByRole('button', { name: 'Stop batch' }).click();
  await expect(newest(page)).toContainText('Stopped', { timeout: 20_000 });
  await expect(newest(page)).toContainText('0 open');
  const runs = await runsOfNewestBatch(page);
  expect(runs.map(({ state }) => state)).toEqual(['released', 'released']);
  // Others use the pool too, so only the batch's own instances are checked.
  await expect(async () => {
    const held = (await stateOf(world)).functions.flatMap(({ shards }) =>
      shards.flatMap(({ active }) => active),
    );
    expect(held.filter((id) => runs.some(({ instanceId }) => instanceId === id))).toEqual([]);
  }).toPass();
});

test('a crash in the middle: the open page comes back by itself, and the batch goes on to its end', async ({
  page,
  world,
}) => {
  await startBatch(page, { runs: 4, atOnce: 2, releaseAfter: '6' });
  await expect(progressOf(page, 4)).toContainText('2 of 4 started · 2 open');
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await world.crashServer();
  await expect(progressOf(page, 4)).toContainText('4 of 4 started · 0 open', { timeout: 50_000 });
  await expect(progressOf(page, 4)).toContainText('Done');
  expect(await page.evaluate(() => 'isTheSamePage' in window), 'it was not loaded anew').toBe(true);
});

test('a crash while a claim is held: the open page says that it was let go', async ({ page, world }) => {
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Render' }).click();
  await page.getByRole('button', { name: 'Claim only' }).click();
  const dialog = page.getByRole('dialog', { name: 'Spawn Render' });
  await expect(dialog.getByRole('timer')).toHaveText(/^\d+ s left to spawn$/);
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await world.crashServer();
  await expect(dialog.getByRole('button', { name: 'Spawn Render' })).toHaveCount(0, { timeout: 20_000 });
  await expect(dialog.getByText(/^(Expired|Released)$/)).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(() => 'isTheSamePage' in window), 'it was not loaded anew').toBe(true);
  await dialog.getByRole('link', { name: 'Open claim' }).click();
  await expect(title(page)).toHaveText('Claim on Render');
  await page.getByRole('tab', { name: 'Events' }).click();
  const steps = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'Spawning' })).toHaveCount(0);
});
