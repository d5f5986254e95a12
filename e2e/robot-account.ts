import { createHash } from 'node:crypto';

import { expect, test } from './fixtures.ts';
import { fact } from './page.ts';
import { anotherToken, statusWith } from './rerobots.ts';
import { panel } from './robots.ts';

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The account's tokens and CI; each of the simulator's two rerobots profiles has a spec that registers these. */
export function robotAccount(): void {
  test('a token is revoked by the hash made in the browser, and is never sent', async ({
    page,
    world,
    signInAs,
  }) => {
    await signInAs('admin');
    const token = await anotherToken(world);
    expect(await statusWith(world, token)).toBe(200);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto('/robots/account');
    await expect(fact(panel(page, 'The dashboard’s token'), 'State')).toHaveText('Active');
    const revoke = panel(page, 'Revoke token');
    await revoke.getByLabel('Token', { exact: true }).fill(token);
    await expect(revoke.getByLabel('or its SHA-256')).toHaveValue(sha256(token));
    await revoke.getByRole('button', { name: 'Revoke token…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
    await expect(revoke.getByText('Token revoked.')).toBeVisible();
    expect(await statusWith(world, token)).toBe(400);
    expect(sent.filter((text) => text.includes(token))).toEqual([]);
    expect(sent.some((text) => text.includes(sha256(token)))).toBe(true);
  });

  test('a purge says what it takes, takes it, and the page leads to a new token', async ({
    page,
    world,
    signInAs,
  }) => {
    await signInAs('admin');
    await page.goto('/robots/account');
    await panel(page, 'Revoke every token').getByRole('button', { name: 'Revoke every token…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('the dashboard’s own');
    await dialog.getByRole('textbox').fill('revoke every token');
    await dialog.getByRole('button', { name: 'Revoke every token' }).click();
    const set = panel(page, 'Set token');
    await expect(set).toContainText('The dashboard has no token');
    await set.getByLabel('New token').fill('x'.repeat(40));
    await set.getByRole('button', { name: 'Set token' }).click();
    await expect(set.getByRole('alert')).toContainText(/token/i);
    await set.getByLabel('New token').fill(await anotherToken(world));
    await set.getByRole('button', { name: 'Set token' }).click();
    await expect(set).toContainText('New token in use.');
    const own = panel(page, 'The dashboard’s token');
    await expect(fact(own, 'State')).toHaveText('Active');
    await expect(fact(own, 'Source')).toContainText('this page');
    await page.getByRole('link', { name: 'All robots' }).click();
    await expect(page.getByRole('table', { name: 'Robots' }).getByRole('row').nth(1)).toBeVisible({
      timeout: 40_000,
    });
  });

  test('an operator starts a build and reads what came back, and sees no token', async ({
    page,
    signInAs,
  }) => {
    await signInAs('operator');
    await page.goto('/robots/account');
    await expect(page.getByText('Only admins can see the account’s tokens.')).toBeVisible();
    const form = page.getByRole('form', { name: 'Start build' });
    await form.getByLabel('Repository').fill('https://git.example/robot.git');
    await form.getByLabel('Branch').fill('main');
    await form.getByLabel('Commit').fill('0123456789abcdef');
    await form.getByRole('button', { name: 'Start build' }).click();
    await expect(form).toContainText('Build started.');
    await expect(form).toContainText('Project');
    await expect(form).toContainText('Job');
    await expect(page.getByRole('list', { name: 'CI projects' })).toContainText(
      'https://git.example/robot.git',
    );
  });
}
