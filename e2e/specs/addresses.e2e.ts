import { nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';

type Domain = { fqdn: string; record?: { features?: { certificate?: { expires?: string } | null } | null } };
test('a domain says where it leads and how long its certificate is good for, as Cycle does', async ({
  page,
  signInAs,
}) => {
  await signInAs('viewer');
  const container = (await nodesOf(page)).find(
    ({ kind, name }) => kind === 'container' && name === 'Cyclorama',
  );
  const answer = await page.request.get(
    `/api/proxy/cycle/v1/containers/domains?container-id=${container?.id}`,
  );
  const { data } = (await answer.json()) as { data: Domain[] };
  const [domain] = data;
  await page.goto('/addresses');
  await expect(title(page)).toHaveText('Domains and IPs');
  await page.getByRole('textbox', { name: 'Filter addresses' }).fill(domain?.fqdn ?? 'none');
  const row = page.getByRole('row').filter({ hasText: domain?.fqdn ?? 'none' });
  await expect(row.getByRole('link', { name: 'Cyclorama' })).toBeVisible();
  const expires = Date.parse(domain?.record?.features?.certificate?.expires ?? '');
  const days = Math.floor((expires - Date.now()) / 86_400_000);
  await expect(row).toContainText(new RegExp(`(${days}|${days - 1}) days left`));
});
