import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { instancesOf } from '../api.ts';
import { zoomInto } from '../charts.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { title } from '../page.ts';
import { happen, stateOf } from '../world.ts';

test.beforeEach(async ({ signInAs }) => {
  await signInAs('viewer');
});
test.afterEach(async ({ world }) => {
  await world.control('POST', '/events', { kind: 'capabilities.set', capabilities: null });
});

const reading = (page: Page, measure: string, name: string) =>
  page.getByRole('region', { name: measure, exact: true }).getByRole('row').filter({ hasText: name });

/** Opens the charts of the first instance of the container that uses most, once there is one. */
async function openBusiest(page: Page): Promise<string> {
  await page.goto('/telemetry');
  const containers = page.getByRole('list', { name: 'Containers by CPU' });
  // A rate needs two samples, so it takes up to half a minute from the server's start.
  await expect(containers.getByText('%').first()).toBeVisible({ timeout: 45_000 });
  await containers
    .getByRole('button', { name: /^Instances of/ })
    .first()
    .click();
  const first = page
    .getByRole('list', { name: /^Instances of .*, highest first$/ })
    .getByRole('link')
    .first();
  const name = await first.innerText();
  await first.click();
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
  await range.getByRole('combobox', { name: 'Compare with earlier' }).selectOption('Compared with yesterday');
  await expect(page.getByText(/the same time yesterday|No samples of yesterday/)).toBeVisible();
  await expect(page).toHaveURL(/earlier=day/);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Activity' }).click();
  await expect(page).toHaveURL('/activity?range=24h');
  await expect(page.getByRole('combobox', { name: 'Time' })).toHaveValue('24h');
});

test('what no collector covers is read with the API key, and its capability is named where it lacks it', async ({
  page,
  world,
}) => {
  const { ids } = await stateOf(world);
  await page.goto(`/telemetry?container=${ids.containers['api']}`);
  const note = page.getByText(/^Read with the API key from Cycle’s public API/);
  // A slow machine may need more than one read.
  await expect(note).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/not measured: /i)).toHaveCount(0, { timeout: 60_000 });
  await world.control('POST', '/events', { kind: 'capabilities.set', capabilities: [] });
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/not measured: /i)).toContainText('lacks the capability containers-view', {
      timeout: 5_000,
    });
  }).toPass({ timeout: 120_000 });
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
  await world.control('POST', '/events', { kind: 'capabilities.set', capabilities: [] });
  await expect(async () => {
    await page.goto(`/telemetry?container=${ids.containers['api']}`);
    await expect(page.getByText(/not measured: /i)).toContainText('No collector on', { timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
  const drawn = page.getByRole('region', { name: 'Instances shown' }).getByRole('button');
  await expect(drawn.or(page.getByRole('rowheader')).first()).toBeVisible();
  expect(api.length).toBeGreaterThan(await drawn.count());
  await zoomInto(page, page.getByRole('region', { name: 'CPU', exact: true }));
});

test('a chart is saved as values and as a picture, by keys alone', async ({ page }) => {
  const name = await openBusiest(page);
  await expect(reading(page, 'CPU', name)).toContainText(/\d %/, { timeout: 30_000 });
  const saved = async (item: string): Promise<[name: string, content: Buffer]> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Export CPU of ${name}` }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    while (
      !(await page.getByRole('menuitem', { name: item }).evaluate((at) => at === document.activeElement))
    )
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const file = await download;
    return [file.suggestedFilename(), await readFile(await file.path())];
  };
  const [csvName, csv] = await saved('Save values (CSV)');
  expect(csvName).toMatch(/^cpu-.+-\d{8}T\d{6}Z\.csv$/);
  const [head, ...rows] = csv.toString().trim().split('\r\n');
  expect(head).toBe(`time,${name}: CPU (% of one core)`);
  expect(rows.filter((row) => /^\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.]+$/.test(row))).not.toEqual([]);
  const [pngName, png] = await saved('Save picture (PNG)');
  expect(pngName).toBe(csvName.replace('.csv', '.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2400);
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

test('what happened is marked on the charts, in words too, and leads to the event', async ({
  page,
  world,
}) => {
  const id = await measuredInstance(page, world);
  await page.goto(`/instances/${id}?tab=telemetry`);
  await expect(title(page)).toHaveText(/^api-/);
  const name = await title(page).innerText();
  await happen(world, 'instance.unhealthy', id);
  const told = page.getByText(/^\d+ events? in this range$/);
  await told.click();
  const marks = page.getByRole('list', { name: 'Events in this range' });
  await expect(marks.getByRole('link', { name: `Health lost, ${name}` }).first()).toBeVisible();
  await happen(world, 'instance.healthy', id);
  await expect(page.getByRole('region', { name: 'CPU', exact: true }).getByRole('toolbar')).toBeVisible();
  await marks
    .getByRole('link', { name: `Healthy again, ${name}` })
    .first()
    .click();
  await expect(page).toHaveURL(/tab=events&event=\d+/);
  await expect(page.getByRole('tabpanel').locator('[aria-current=true]')).toContainText('Healthy again');
  await page.getByRole('tab', { name: 'Raw' }).click();
  await expect(page.getByLabel('JSON of the answer')).toContainText(id);
  await page.getByRole('tab', { name: 'Relations' }).click();
  await expect(page.getByRole('tabpanel').getByRole('link').first()).toBeVisible();
});

/** One with a health check on the dashboard's own server, the only one Cycle measures. */
async function measuredInstance(page: Page, world: World): Promise<string> {
  let found: string | undefined;
  const measured = async (): Promise<boolean> => {
    const healthy = (await instancesOf(page, world, 'api')).filter(({ health }) => health === 'healthy');
    const answer = await page.request.get('/api/telemetry/latest?measure=cpu');
    const { values } = (await answer.json()) as { values: Record<string, number> };
    found = healthy.find(({ id }) => id in values)?.id;
    return found !== undefined;
  };
  await expect.poll(measured, { timeout: 60_000 }).toBe(true);
  return found ?? '';
}
