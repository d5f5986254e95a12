import { expectAccessible } from '../accessible.ts';
import { nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { expectRefused, fact, overflow, title } from '../page.ts';

test('leads from the environment to a server, a network, a machine, the services and a domain', async ({
  page,
  signInAs,
}) => {
  await signInAs('operator');
  const read = async <T>(path: string): Promise<T> => {
    const answer = await page.request.get(`/api/proxy/cycle${path}`);
    return ((await answer.json()) as { data: T }).data;
  };
  const nodes = await nodesOf(page);
  const nodeOf = (kind: string) => nodes.find((node) => node.kind === kind);

  const own = await read<{ id: string; hostname: string; provider: { model: string } }>('/v1/server');
  await page.goto('/environment');
  await page.getByRole('main').getByRole('link', { name: 'Servers' }).click();
  await expect(title(page)).toHaveText('Servers');
  await page.getByRole('row').filter({ hasText: 'This dashboard' }).getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/servers/${own.id}$`));
  await expect(fact(page, 'Hostname')).toHaveText(own.hostname);
  await expect(fact(page, 'Provider')).toContainText(own.provider.model);
  // Before anything scrolls: a forced click lands on what lies above.
  await expectRefused(page.getByRole('button', { name: 'Power off…' }), 'Only admins can do this.');
  const imageId = 'cd'.repeat(12);
  await page.getByLabel('Image to fetch').fill(imageId);
  await page.getByRole('button', { name: 'Download image' }).click();
  await expect(page.getByText(`This server has ${imageId}.`)).toBeVisible();
  expect((await read<{ id: string }[]>('/v1/server/images')).map(({ id }) => id)).toContain(imageId);

  const [network] = await read<{ id: string; environments: unknown[] }[]>('/v1/sdn/networks');
  await page.goto(`/networks/${network?.id}`);
  await expect(
    page.getByRole('heading', { name: `Environments (${network?.environments.length})` }),
  ).toBeVisible();

  const machine = nodeOf('virtual-machine');
  await page.goto(`/virtual-machines/${machine?.id}`);
  await expect(title(page)).toHaveText(machine?.name ?? '');
  await expect(page.getByRole('heading', { name: 'Volumes (1)' })).toBeVisible();

  await page.goto('/services');
  await expect(page.getByRole('row').filter({ hasText: 'Load Balancer' })).toContainText('Yes');

  await page.goto('/jobs');
  await expect(page.getByText(/^Followed by Cycle’s public API/)).toBeVisible();
  const failed = page
    .getByRole('listitem')
    .filter({ hasText: /^Error/ })
    .first();
  await failed.getByRole('button', { name: 'Show steps' }).click();
  await expect(failed.getByRole('list').getByText('Completed').first()).toBeVisible();
});

test('asks for the host’s name before it is rebooted, and tells an admin of a certificate', async ({
  page,
  signInAs,
}) => {
  await signInAs('admin');
  const nodes = await nodesOf(page);
  const domain = nodes.find(({ kind, name }) => kind === 'domain' && name.startsWith('api.'));
  await page.goto(`/domains/${domain?.id}`);
  await expect(fact(page, 'Issuer')).toContainText('CN=');
  await expect(fact(page, 'Type')).toHaveText('LINKED');
  const own = await page.request.get('/api/servers/own');
  const { id, hostname } = (await own.json()) as { id: string; hostname: string };
  await page.goto(`/servers/${id}`);
  await page.getByRole('button', { name: 'Reboot…' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: `Reboot ${hostname}` });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill(hostname);
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
});

test('is readable in both themes and fits a phone', async ({ page, signInAs }) => {
  await signInAs('admin');
  const own = (await (await page.request.get('/api/servers/own')).json()) as { id: string };
  await expectAccessible(page, async () => {
    await page.goto(`/servers/${own.id}`);
    await expect(page.getByRole('heading', { name: 'Images' })).toBeVisible();
    expect.soft(await overflow(page)).toBe(0);
  });
  await page.setViewportSize({ width: 390, height: 844 });
  const nodes = await nodesOf(page);
  const pageOf = (kind: string, path: string) => `${path}/${nodes.find((node) => node.kind === kind)?.id}`;
  for (const path of [
    '/servers',
    '/services',
    '/services/scheduler',
    '/jobs',
    '/networks',
    '/virtual-machines',
    pageOf('network', '/networks'),
    pageOf('virtual-machine', '/virtual-machines'),
    pageOf('domain', '/domains'),
    pageOf('ip', '/ips'),
  ]) {
    await page.goto(path);
    await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
    expect.soft(await overflow(page), path).toBe(0);
  }
});
