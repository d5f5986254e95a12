import type { Page } from '@playwright/test';

import { nodesOf, quietInstance } from '../api.ts';
import { countClicks } from '../clicks.ts';
import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';

/** One step: what is typed is found, and Enter opens it. */
async function goTo(page: Page, text: string, label: string | RegExp = text): Promise<void> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Go to' });
  await dialog.getByRole('combobox').fill(text);
  await expect(dialog.getByRole('option').first()).toContainText(label);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

async function fromTheOverview(page: Page): Promise<void> {
  await page.goto('/');
  await expect(title(page)).toHaveText('Overview');
}

test('the certificate of a domain and its days left: one step', async ({ page, signInAs }) => {
  await signInAs('viewer');
  type Domain = { name: string; certificateExpires?: string | null };
  let domain: Domain | undefined;
  // Domains are read container by container, after all else.
  await expect(async () => {
    const domains = (await nodesOf(page)).filter(({ kind }) => kind === 'domain') as Domain[];
    domain = domains.find(({ certificateExpires }) => Boolean(certificateExpires));
    expect(domain).toBeDefined();
  }).toPass({ timeout: 30_000 });
  await fromTheOverview(page);
  await goTo(page, domain?.name ?? 'none');
  await expect(title(page)).toHaveText(domain?.name ?? 'none');
  const days = Math.floor((Date.parse(domain?.certificateExpires ?? '') - Date.now()) / 86_400_000);
  const state = fact(page.getByRole('region', { name: 'Certificate' }), 'State');
  await expect(state).toHaveText(new RegExp(`^(${days}|${days - 1}) days left$`));
});

test('what else runs on the server of an instance: two steps', async ({ page, world, signInAs }) => {
  await signInAs('viewer');
  const instance = await quietInstance(page, world);
  const nodes = await nodesOf(page);
  const serverId = (nodes.find(({ id }) => id === instance.id) as { serverId?: string } | undefined)
    ?.serverId;
  const others = nodes.filter(
    (node) => node.kind === 'instance' && (node as { serverId?: string }).serverId === serverId,
  );
  const clicks = await countClicks(page);
  await fromTheOverview(page);
  await goTo(page, instance.id, instance.name);
  await fact(page, 'Server').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/servers/${serverId}`));
  await expect(page.getByRole('heading', { name: /^Runs here \(\d+\)$/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Relations' }).waitFor();
  const list = page.getByRole('table', { name: /^Instances on / });
  await expect(list).toHaveAttribute('aria-rowcount', /^\d+$/);
  for (const { name } of others.filter(({ name }) => name.startsWith('env-')).slice(0, 2))
    await expect(list).toContainText(name);
  expect(clicks.taken(), 'after the palette').toBe(1);
});

test('who uses an IP: one step', async ({ page, signInAs }) => {
  await signInAs('viewer');
  const nodes = (await nodesOf(page)) as { kind: string; id: string; name: string; instanceId?: string }[];
  const ip = nodes.find(({ kind, instanceId }) => kind === 'ip' && nodes.some(({ id }) => id === instanceId));
  const user = nodes.find(({ id }) => id === ip?.instanceId);
  await fromTheOverview(page);
  await goTo(page, ip?.name ?? 'none');
  await expect(title(page)).toHaveText(ip?.name ?? 'none');
  await expect(fact(page, 'Used by').getByRole('link')).toHaveText(user?.name ?? 'nobody');
});

test('the value of a scoped variable: two steps, of which the second is on record', async ({
  page,
  signInAs,
}) => {
  await signInAs('admin');
  const names = await page.request.get('/api/environment/variables');
  expect(names.status()).toBe(200);
  const clicks = await countClicks(page);
  await fromTheOverview(page);
  await goTo(page, 'DB_URL');
  const dialog = page.getByRole('dialog', { name: 'DB_URL' });
  await expect(dialog).toContainText('recorded in the activity log first');
  await dialog.getByRole('button', { name: 'Show the value' }).click();
  await expect(dialog.getByLabel('Value of DB_URL')).toHaveText(/^postgres/);
  expect(clicks.taken(), 'after the palette').toBe(1);
  await dialog.getByRole('button', { name: 'Hide and close' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/variables\?q=DB_URL$/);
});

test('a viewer is led to a variable, and told why its value is not for them', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await fromTheOverview(page);
  await goTo(page, 'DB_URL');
  await expect(page.getByRole('button', { name: 'Show DB_URL' })).toHaveAccessibleDescription(
    'Only admins can show a value.',
  );
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
