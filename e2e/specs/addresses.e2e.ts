import { expectAccessible } from '../accessible.ts';
import { nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { fact, overflow, title } from '../page.ts';

type Domain = { fqdn: string; record?: { features?: { certificate?: { expires?: string } | null } | null } };
type Ip = { ip: string; assignment?: { instance_id?: string | null } | null };

test('says where a domain leads, how long its certificate is good for, and who uses an IP, as Cycle does', async ({
  page,
  signInAs,
}) => {
  await signInAs('viewer');
  const read = async <T>(path: string): Promise<T> => {
    const answer = await page.request.get(`/api/proxy/cycle${path}`);
    return ((await answer.json()) as { data: T }).data;
  };
  const container = (await nodesOf(page)).find(
    ({ kind, name }) => kind === 'container' && name === 'Cyclorama',
  );
  const [domain] = await read<Domain[]>(`/v1/containers/domains?container-id=${container?.id}`);
  await page.goto('/addresses');
  await expect(title(page)).toHaveText('Domains and IPs');
  const filter = page.getByRole('textbox', { name: 'Filter addresses' });
  await filter.fill(domain?.fqdn ?? 'none');
  const row = page.getByRole('row').filter({ hasText: domain?.fqdn ?? 'none' });
  await expect(row.getByRole('link', { name: 'Cyclorama' })).toBeVisible();
  const expires = Date.parse(domain?.record?.features?.certificate?.expires ?? '');
  const days = Math.floor((expires - Date.now()) / 86_400_000);
  await expect(row).toContainText(new RegExp(`(${days}|${days - 1}) days left`));

  const used = (await read<Ip[]>('/v1/environment/ips')).find(({ assignment }) => assignment?.instance_id);
  await filter.fill(used?.ip ?? 'none');
  const found = page
    .getByRole('row')
    .filter({ hasText: used?.ip ?? 'none' })
    .first();
  await found.getByRole('link').first().click();
  await expect(title(page)).toHaveText(used?.ip ?? 'none');
  for (const tab of ['Events', 'Relations', 'Raw']) await page.getByRole('tab', { name: tab }).click();
  await expect(page.getByRole('tabpanel')).toContainText(`"name": "${used?.ip}"`);
  await page.getByRole('tab', { name: 'Summary' }).click();
  await fact(page, 'Used by').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/instances/${used?.assignment?.instance_id}$`));
});

test('is readable in both themes and fits a phone', async ({ page, signInAs }) => {
  await signInAs('viewer');
  await expectAccessible(page, async () => {
    await page.goto('/addresses');
    await expect(page.getByText(/days left/).first()).toBeVisible();
    expect.soft(await overflow(page)).toBe(0);
  });
});
