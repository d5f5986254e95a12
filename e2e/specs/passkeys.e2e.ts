import type { Locator, Page } from '@playwright/test';

import { accountOf } from '../../scripts/lib/accounts.ts';
import { freePort } from '../../scripts/lib/processes.ts';
import { confirmation, runOut } from '../confirmation.ts';
import { expect, test } from '../fixtures.ts';
import { expectFitsEverywhere } from '../lists.ts';
import { expectRefused, signInBy, title } from '../page.ts';
import { startSecondServer } from '../second-server.ts';

/** Chromium's own authenticator, which verifies its user without asking. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Whether something else is drawn over its middle, clickable or not. */
const isCovered = (element: Locator): Promise<boolean> =>
  element.evaluate((node) => {
    const all = [...document.querySelectorAll<HTMLElement>('body, body *')];
    const before = all.map(({ style }) => style.pointerEvents);
    for (const { style } of all) style.pointerEvents = 'auto';
    const { x, y, width, height } = node.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    all.forEach(({ style }, index) => (style.pointerEvents = before[index] ?? ''));
    return top === null || !node.contains(top);
  });

test('a passkey is added, confirms a new token, is the second factor, and is removed', async ({
  page,
  world,
  signInAs,
}) => {
  await addAuthenticator(page);
  await signInAs('viewer');
  await page.goto('/passkeys');
  await expect(title(page)).toHaveText('Passkeys');
  await expect(page.getByText('You have no passkeys')).toBeVisible();
  await page.getByRole('button', { name: 'Add passkey…' }).click();
  await page.getByLabel('Name').fill('Laptop');
  await page.getByRole('button', { name: 'Add passkey', exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'Laptop' });
  await expect(row).toContainText('never');
  await expectFitsEverywhere(page, { name: 'Your passkeys', action: true });

  await page.goto('/access-tokens');
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByLabel('Name').fill('nightly');
  await runOut(page, '/api/access-tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  await confirmation(page).getByRole('button', { name: 'Use passkey' }).click();
  await expect(page.getByRole('dialog', { name: 'Token “nightly” created' })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();

  await page
    .getByRole('banner')
    .getByRole('button', { name: /, viewer: / })
    .click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInBy(page, accountOf(world.env, 'viewer'));
  await expect(title(page)).toHaveText('Access tokens');

  await page.goto('/passkeys');
  await row.getByRole('button', { name: 'Remove Laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Laptop' }).click();
  await expect(page.getByText('You have no passkeys')).toBeVisible();
});

test('without a confirmation nothing is done, and the focus is where it was', async ({
  page,
  signInAs,
  world,
}) => {
  await signInAs('viewer');
  await page.goto('/access-tokens');
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByLabel('Name').fill('never made');
  const create = page.getByRole('button', { name: 'Create token' });
  await runOut(page, '/api/access-tokens');
  await create.click();
  await expect(confirmation(page).getByLabel('Password')).toBeFocused();
  // No role finds it there: what is covered is hidden from screen readers too.
  const below = page.locator('button', { hasText: 'Create token' });
  expect(await isCovered(below), 'by what lies over it').toBe(true);
  await page.keyboard.press('Escape');
  await expect(confirmation(page)).toHaveCount(0);
  await expect(page.getByRole('alert')).toContainText('You did not confirm that it is you.');
  await expect(create).toBeFocused();

  await runOut(page, '/api/access-tokens');
  await create.click();
  await confirmation(page).getByLabel('Password').fill('not it');
  await page.keyboard.press('Enter');
  await expect(confirmation(page).getByRole('alert')).toContainText('The password is wrong.');
  await confirmation(page).getByLabel('Password').fill(accountOf(world.env, 'viewer').password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Token “never made” created' })).toBeVisible();
});

test('where a passkey is required it is added at the sign-in, and then signs in alone', async ({
  page,
  world,
}) => {
  await addAuthenticator(page);
  const port = await freePort(48_000 + (process.pid % 1_000) * 10);
  const server = await startSecondServer(world, {
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    PASSKEYS: 'alone',
    PASSKEYS_REQUIRED: 'everybody',
  });
  try {
    await page.goto(`http://localhost:${port}/instances`);
    await signInBy(page, accountOf(world.env, 'viewer'));
    await expect(title(page)).toHaveText('Add a passkey');
    await page.getByRole('button', { name: 'Add passkey' }).click();
    await expect(title(page)).toHaveText('Use your passkey');
    await page.getByRole('button', { name: 'Use passkey' }).click();
    await expect(title(page)).toHaveText('Instances');

    await page
      .getByRole('banner')
      .getByRole('button', { name: /, viewer: / })
      .click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expect(title(page)).toHaveText('Instances');
    const told = await page.request.get(`http://localhost:${port}/api/session`);
    expect(await told.json()).toMatchObject({ way: 'passkey', passkeyNeeded: false });

    await page.goto(`http://localhost:${port}/passkeys`);
    await expectRefused(
      page.getByRole('button', { name: 'Remove First passkey' }),
      'You need a passkey here (PASSKEYS_REQUIRED), and this is your only one.',
    );
  } finally {
    await server.stop();
  }
});
