import { expect, test } from '../fixtures.ts';

test.use({ scenario: 'queue-full' });

test('a claim waits, is refused in words, and the full queues are told', async ({ page, signInAs }) => {
  await signInAs('operator');
  await page.goto('/functions');
  await page.getByRole('button', { name: 'Claim Simulate' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('No instance is idle: the claim waits up to 5 s');
  await dialog.getByRole('button', { name: 'Claim and spawn Simulate' }).click();
  await expect(dialog.getByRole('alert').or(dialog.getByText('Refused')).first()).toBeVisible({
    timeout: 20_000,
  });
  await page.goto('/robots');
  await expect(page.getByRole('cell', { name: /^in use, up to \d+ waiting$/ }).first()).toBeVisible();
});
