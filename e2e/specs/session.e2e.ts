import { accountOf } from '../../scripts/lib/accounts.ts';
import { csrfHeaders, nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, signInBy, title } from '../page.ts';

test('a wrong password is refused in words, and the password is forgotten', async ({ page, world }) => {
  await page.goto('/');
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
  await signInBy(page, { ...accountOf(world.env, 'admin'), password: 'not the password' });
  await expect(page.getByRole('alert')).toContainText('Wrong account name or password.');
  await expect(page.getByLabel('Password')).toHaveValue('');
  await expect(page.getByLabel('Account name')).toHaveValue(accountOf(world.env, 'admin').username);
  expect((await page.request.get('/api/overview')).status()).toBe(401);
});

test('a link leads through the sign-in to what it links to', async ({ page, world }) => {
  await page.goto('/instances?q=api&sort=state&dir=desc');
  await signInBy(page, accountOf(world.env, 'viewer'));
  await expect(title(page)).toHaveText('Instances');
  await expect(page.getByRole('textbox', { name: 'Filter instances' })).toHaveValue('api');
  await expect(page.getByRole('columnheader', { name: 'State' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL('/instances?q=api&sort=state&dir=desc');
});

test('signing out ends the session on the server too', async ({ page, context, signInAs }) => {
  await signInAs('admin');
  const cookies = await context.cookies();
  await page.goto('/containers');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^\S+, admin: / })
    .click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
  await page.reload();
  await expect(title(page)).toHaveText('Sign in to Cyclorama');
  await context.addCookies(cookies);
  expect((await page.request.get('/api/session')).status(), 'a copy of the cookie is worth nothing').toBe(
    401,
  );
});

test('a session that ends elsewhere comes back in place', async ({ page, world, signInAs }) => {
  await signInAs('operator');
  await page.goto('/instances');
  await page.getByRole('textbox', { name: 'Filter instances' }).fill('gateway');
  await expect(page.getByRole('status').filter({ hasText: 'instances' })).toHaveText(/^1 of \d+ instances$/);

  const ended = await page.request.delete('/api/session', { headers: await csrfHeaders(page) });
  expect(ended.status()).toBe(204);

  const sheet = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(sheet).toContainText('Nothing on the page is lost');
  await expect(sheet.getByLabel('Account name')).toHaveValue(accountOf(world.env, 'operator').username);
  await signInBy(sheet, { ...accountOf(world.env, 'operator'), password: 'mistyped' });
  await expect(sheet.getByRole('alert')).toContainText('Wrong account name or password');
  await signInBy(sheet, accountOf(world.env, 'operator'));
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Filter instances' })).toHaveValue('gateway');
  await expect(page).toHaveURL('/instances?q=gateway');
  await expect(page.getByRole('banner')).toContainText('Live');
});

test('a lost cookie is found at the next step, which is taken after signing in', async ({
  page,
  context,
  world,
  signInAs,
}) => {
  await signInAs('viewer');
  await page.goto('/containers');
  await expect(page.getByRole('table', { name: 'Containers' })).toBeVisible();
  await context.clearCookies();
  const link = page.getByRole('navigation').getByRole('link', { name: 'Activity' });
  const sheet = page.getByRole('dialog', { name: 'Sign in again' });
  // A background read may find the cookie missing first; then the sheet already covers the page.
  const wasTaken = await link.click({ timeout: 5000 }).then(
    () => true,
    () => false,
  );
  await signInBy(sheet, accountOf(world.env, 'viewer'));
  await expect(sheet).toHaveCount(0);
  if (!wasTaken) await link.click();
  await expect(page.getByRole('table', { name: 'Activity' })).toBeVisible();
});

test('a viewer sees everything, can change nothing, and reads why', async ({ page, signInAs }) => {
  await signInAs('viewer');
  const reason = /^View-only access/;
  await page.goto('/functions');
  await expectRefused(page.getByRole('button', { name: 'Claim Render' }), reason);
  await page.goto('/robots');
  await expectRefused(page.getByRole('button', { name: 'Book…', exact: true }).first(), reason);

  const instance = (await nodesOf(page)).find(
    ({ kind, name }) => kind === 'instance' && name.startsWith('api-'),
  );
  await page.goto(`/instances/${instance?.id}`);
  await expectRefused(page.getByRole('button', { name: `Stop ${instance?.name}` }), reason);

  const forced = await page.request.post(`/api/instances/${instance?.id}/tasks`, {
    headers: await csrfHeaders(page),
    data: { action: 'stop' },
  });
  expect(forced.status(), 'the server enforces what the page says').toBe(403);
});
