import type { Page } from '@playwright/test';

import { instancesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { title } from '../page.ts';
import { stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('viewer');
});

const reading = (page: Page, measure: string, name: string) =>
  page.getByRole('region', { name: measure, exact: true }).getByRole('row').filter({ hasText: name });

/** Opens the charts of the first instance in the busiest list, once there is one. */
async function openBusiest(page: Page): Promise<string> {
  await page.goto('/telemetry');
  const rows = page.getByRole('region', { name: /^Busiest now/ }).getByRole('listitem');
  // A rate needs two samples, so it takes up to half a minute from the server's start.
  const first = rows.filter({ hasText: '%' }).first();
  await expect(first).toBeVisible({ timeout: 45_000 });
  const name = await first.getByRole('link').innerText();
  await first.getByRole('link').click();
  await expect(title(page)).toHaveText(`Telemetry of ${name}`);
  return name;
}

test('the busiest instance leads to its charts, in pictures and in numbers', async ({ page }) => {
  const name = await openBusiest(page);
  await expect(reading(page, 'CPU', name)).toContainText(/\d %/, { timeout: 30_000 });
  await expect(reading(page, 'Memory', name)).toContainText(/\d [KMG]iB/);
  await expect(reading(page, 'Network received', name)).toContainText(/B\/s/, { timeout: 30_000 });
  await expect(reading(page, 'Processes', name)).toContainText(/\d/);
  await expect(page.getByText(/newest sample/)).toContainText(/just now|\d+ s ago/);
});

test('the time range is one for all charts and lives in the address', async ({ page }) => {
  await openBusiest(page);
  const range = page.getByRole('group', { name: 'Time range' });
  await range.getByRole('button', { name: '24 hours' }).click();
  await expect(page).toHaveURL(/range=24h/);
  await page.reload();
  await expect(range.getByRole('button', { name: '24 hours' })).toHaveAttribute('aria-pressed', 'true');
  await range.getByRole('button', { name: 'Earlier' }).click();
  await expect(page).toHaveURL(/from=\d+&to=\d+|to=\d+&from=\d+/);
  await range.getByRole('button', { name: 'Back to live' }).click();
  await expect(range.getByRole('button', { name: '24 hours' })).toHaveAttribute('aria-pressed', 'true');
});

test('instances can be compared, and those on other servers are marked as not measured', async ({
  page,
  world,
}) => {
  const first = await openBusiest(page);
  const api = await instancesOf(page, world, 'api');
  await page.getByRole('button', { name: 'Compare with…' }).click();
  const picker = page.getByRole('dialog', { name: 'Compare with…' });
  await picker.getByRole('textbox', { name: 'Name or id' }).fill('postgres');
  const second = await picker.getByRole('listitem').first().locator('span').first().innerText();
  await picker.getByRole('listitem').first().getByRole('button').click();
  await expect(page).toHaveURL(/compare=/);
  await page.getByRole('button', { name: `Stop comparing with ${second}` }).click();
  await expect(page).not.toHaveURL(/compare=/);
  await expect(title(page)).toHaveText(`Telemetry of ${first}`);

  const { ids } = await stateOf(world);
  await page.goto(`/telemetry?container=${ids.containers['api']}`);
  await expect(page.getByText(/not measured: /i)).toContainText(
    'Cycle reports only the dashboard’s own server',
  );
  const drawn = page.getByRole('region', { name: 'Instances shown' }).getByRole('button');
  await expect(drawn.or(page.getByRole('rowheader')).first()).toBeVisible();
  expect(api.length).toBeGreaterThan(await drawn.count());
});

test('what was measured outlives the server', async ({ page, world }) => {
  const name = await openBusiest(page);
  await expect(reading(page, 'CPU', name)).toContainText(/\d %/, { timeout: 30_000 });
  const instance = new URL(page.url()).searchParams.get('instance') ?? '';
  const end = Date.now();
  const measured = async () => {
    const range = `from=${end - 600_000}&to=${end}&points=120`;
    const answer = await page.request.get(`/api/telemetry/instances/${instance}?${range}`);
    expect(answer.status()).toBe(200);
    const { times, series } = (await answer.json()) as {
      times: number[];
      series: { values: { cpu?: (number | null)[] } }[];
    };
    return times.filter((_, at) => typeof series[0]?.values.cpu?.[at] === 'number');
  };
  const before = await measured();
  expect(before.length).toBeGreaterThan(0);
  await world.crashServer();
  const after = await measured();
  expect(after, 'no reading is lost').toEqual(expect.arrayContaining(before));
});
