import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import { stateOf } from '../world.ts';

test('a token made on the page claims and releases for a script, and opens nothing once deleted', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('operator');
  await page.goto('/');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /, operator: / })
    .click();
  await page.getByRole('link', { name: 'Access tokens' }).click();
  await expect(title(page)).toHaveText('Access tokens');
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByLabel('Name').fill('nightly');
  await page.getByRole('button', { name: 'Create token' }).click();
  const made = page.getByRole('dialog', { name: 'Token “nightly” created' });
  const token = await made.getByLabel('Access token', { exact: true }).innerText();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(token)).toHaveCount(0);

  // As a script: no cookie and no CSRF token, only the access token.
  const call = async (path: string, body?: object) =>
    fetch(world.url + path, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const containerId = (await stateOf(world)).ids.containers['render'];
  const claimed = await call('/api/claims', { containerId, spawn: {} });
  expect(claimed.status).toBe(201);
  const { id, state } = (await claimed.json()) as { id: string; state: string };
  expect(state).toBe('running');
  expect((await call(`/api/claims/${id}/release`, {})).status).toBe(200);
  expect((await call('/api/access-tokens', { name: 'another' })).status).toBe(403);

  await page.reload();
  const row = page.getByRole('row').filter({ hasText: 'nightly' });
  await expect(row).not.toContainText('never');
  await row.getByRole('button', { name: 'Delete nightly' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete nightly' }).click();
  await expect(page.getByText('No access tokens')).toBeVisible();
  expect((await call('/api/functions')).status).toBe(401);
});

test('the palette leads to the tokens', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await page.goto('/');
  await expect(title(page)).toHaveText('Overview');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to' }).getByRole('combobox').fill('tokens');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Access tokens');
});
