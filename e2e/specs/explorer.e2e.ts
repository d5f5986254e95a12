import { expectAccessible } from '../accessible.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, overflow, title } from '../page.ts';

const reads = [
  { operation: 'cycle.hub', says: /"name": "/ },
  { operation: 'scheduler.functions.active', says: /"data": \{/, needs: 'SIM_FUNCTION_CONTAINER' },
  { operation: 'rerobots.workspaces', says: /"basic_kobuki"/ },
  { operation: 'platform.jobs', says: /"input": "\(withheld\)"/ },
];

test('reads an operation of each upstream', async ({ page, world, signInAs }) => {
  await signInAs('viewer');
  for (const { operation, says, needs } of reads) {
    await page.goto(`/explorer?operation=${operation}`);
    await expect(title(page)).toHaveText('Explorer');
    if (needs !== undefined)
      await page.getByLabel('containerId', { exact: true }).fill(world.env[needs] ?? '');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByLabel('Answer as JSON')).toContainText(says);
    await expect(page.getByRole('main').getByText('200', { exact: true })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`operation=${operation}$`));
  }
});

test('names what is wrong, asks before a change, and the change is on record', async ({ page, signInAs }) => {
  await signInAs('operator');
  await page.goto('/explorer');
  await page.getByRole('textbox', { name: 'Filter operations' }).fill('monitoring events');
  await page.getByRole('button', { name: /^POST \/v1\/monitoring\/events/ }).click();
  const send = page.getByRole('button', { name: 'Send POST…' });
  await send.click();
  await expect(page.getByText('body.0.event: expected a value')).toBeVisible();
  const event = `explorer.${crypto.randomUUID().slice(0, 8)}`;
  await page.getByLabel('event', { exact: true }).fill(event);
  await page.getByLabel('type', { exact: true }).first().selectOption('notice');
  await page.getByLabel('priority', { exact: true }).selectOption('low');
  await send.click();
  const dialog = page.getByRole('dialog', { name: 'Send POST /v1/monitoring/events?' });
  await expect(dialog).toContainText('It goes on record under your name.');
  await dialog.getByRole('button', { name: 'Send POST', exact: true }).click();
  await expect(page.getByLabel('Answer as JSON')).toContainText('"data": true');
  await page.getByText('As curl').click();
  await expect(page.getByLabel('curl command', { exact: true })).toContainText(event);
  expect(page.url()).not.toContain(event);
  await page.goto('/activity');
  await expect(page.getByText(/POST \/v1\/monitoring\/events/).first()).toBeVisible();
});

test('is off for a viewer where something changes, with the reason', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/explorer?operation=cycle.server.power.reboot');
  await expectRefused(
    page.getByRole('button', { name: 'Send POST…' }),
    'View-only access. Admins can do this.',
  );
});

test('is readable in both themes and fits a phone', async ({ page, signInAs }) => {
  await signInAs('operator');
  await expectAccessible(page, async () => {
    await page.goto('/explorer?operation=cycle.monitoring.metrics');
    await expect(page.getByRole('button', { name: 'Send POST…' })).toBeVisible();
    expect.soft(await overflow(page)).toBe(0);
  });
  await page.setViewportSize({ width: 768, height: 900 });
  await page.goto('/explorer');
  await expect(page.getByRole('button', { name: /^GET \/v1\/hub / })).toBeVisible();
  expect(await overflow(page)).toBe(0);
});
