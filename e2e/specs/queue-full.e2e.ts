import { expect, test } from '../fixtures.ts';
import { fact } from '../page.ts';

test.use({ scenario: 'queue-full' });

test('a claim waits, is refused with the reason, and the full queues are named', async ({
  page,
  signInAs,
}) => {
  await signInAs('operator');
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Simulate' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('No idle instance. The claim waits up to 10 s');
  await dialog.getByRole('button', { name: 'Claim and spawn Simulate' }).click();
  await expect(dialog.getByRole('alert').or(dialog.getByText('Refused')).first()).toBeVisible({
    timeout: 20_000,
  });
  await page.goto('/robots');
  await expect(page.getByRole('cell', { name: /^in use, up to \d+ waiting$/ }).first()).toBeVisible();
});

test('waiting for an instance can be given up, and the ledger says so', async ({ page, signInAs }) => {
  await signInAs('operator');
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Simulate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Claim and spawn Simulate' }).click();
  await expect(dialog.getByRole('timer')).toHaveText(/waiting for .* of at most 10 s/i);
  const cancelled = page.waitForResponse((answer) => answer.url().endsWith('/cancel'));
  await dialog.getByRole('button', { name: 'Stop waiting' }).click();
  const { id } = (await (await cancelled).json()) as { id: string };
  await expect(dialog).toHaveCount(0);
  await page.goto(`/functions/claims/${id}`);
  await expect(fact(page, 'State')).toHaveText('Expired', { timeout: 20_000 });
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Requested');
  await expect(page.getByRole('region', { name: 'Timeline' })).not.toContainText('Claimed');
});
