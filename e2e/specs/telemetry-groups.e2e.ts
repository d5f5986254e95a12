import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../accessible.ts';
import { zoomInto } from '../charts.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { title } from '../page.ts';
import { stateOf } from '../world.ts';

// The first rate needs two samples, ten seconds apart.
test.slow();

test.beforeEach(async ({ signInAs, page }) => {
  await signInAs('viewer');
  const measured = async () => {
    const answer = await page.request.get('/api/telemetry/latest?measure=cpu');
    return Object.keys(((await answer.json()) as { values: object }).values).length;
  };
  await expect.poll(measured, { timeout: 60_000 }).toBeGreaterThan(5);
});

const cpuOf = (page: Page): Locator => page.getByRole('region', { name: 'CPU', exact: true });
/** The numbers under the chart: latest, mean, highest of each line. */
const linesOf = (page: Page): Locator =>
  cpuOf(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') });

type Answer = { series: { id: string; values: { cpu?: (number | null)[] } }[] };
/** What a page of this address asks the server for, as the page itself was answered. */
const answerOf = async (page: Page, what: string, by: string): Promise<Answer> => {
  const to = Date.now();
  const answer = await page.request.get(
    `/api/telemetry/${what}?from=${to - 600_000}&to=${to}&points=60&by=${by}`,
  );
  expect(answer.status()).toBe(200);
  return (await answer.json()) as Answer;
};
const highestOf = ({ series }: Answer): number =>
  Math.max(...series.flatMap(({ values }) => values.cpu ?? []).map((value) => value ?? 0));

async function savedCsv(page: Page, name: string): Promise<string[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: 'Save values (CSV)' }).click();
  const file = await download;
  return (await readFile(await file.path())).toString().trim().split('\r\n');
}

const serverIdOf = async (world: World): Promise<string> => (await stateOf(world)).ids.self.serverId;

test('a server is drawn as the sum, mean or highest of its instances, or as the five busiest', async ({
  page,
  world,
}) => {
  const serverId = await serverIdOf(world);
  await page.goto(`/telemetry?server=${serverId}`);
  await expect(title(page)).toHaveText(/^Telemetry of /);
  await expect(linesOf(page)).toHaveCount(1);
  await expect(linesOf(page)).toContainText(/\d %/);
  const instances = page.getByRole('combobox', { name: 'Instances' });
  await expect(instances).toHaveValue('sum');
  const [sum, mean, max] = await Promise.all(
    ['sum', 'mean', 'max'].map(async (by) => highestOf(await answerOf(page, `servers/${serverId}`, by))),
  );
  expect(mean).toBeGreaterThan(0);
  expect(max).toBeGreaterThan(mean ?? 0);
  expect(sum).toBeGreaterThan(max ?? 0);

  await instances.selectOption('max');
  await expect(page).toHaveURL(/by=max/);
  await expect(linesOf(page)).toHaveCount(1);
  await instances.selectOption('top');
  await expect(page).toHaveURL(/by=top/);
  const legend = page.getByRole('region', { name: 'Instances shown' });
  await expect(legend.getByRole('button')).toHaveCount(5);
  const { series } = await answerOf(page, `servers/${serverId}`, 'top');
  const means = series.map(({ values }) => {
    const known = (values.cpu ?? []).filter((value) => value !== null);
    return known.reduce((total, value) => total + value, 0) / known.length;
  });
  expect(means, 'the busiest first').toEqual(means.toSorted((a, b) => b - a));
  await page.getByRole('combobox', { name: 'Busiest by' }).selectOption('memory');
  await expect(page).toHaveURL(/measure=memory/);
  await page.reload();
  await expect(legend.getByRole('button')).toHaveCount(5);
  await expect(page.getByRole('combobox', { name: 'Busiest by' })).toHaveValue('memory');
});

test('the whole environment is zoomed by dragging, and its address brings the same again', async ({
  page,
  context,
  signInAs,
}) => {
  await page.goto('/telemetry');
  await page.getByRole('button', { name: 'Whole environment' }).click();
  await expect(page).toHaveURL(/environment=true/);
  await expect(linesOf(page)).toContainText(/\d %/);
  await page.getByRole('combobox', { name: 'Instances' }).selectOption('mean');
  await expect(page).toHaveURL(/by=mean/);
  await zoomInto(page, cpuOf(page));
  const address = page.url();
  const range = page.getByRole('group', { name: 'Time range' });
  await expect(range.getByRole('button', { name: 'Back to live' })).toBeVisible();
  const other = await context.newPage();
  await signInAs('viewer', other);
  await other.goto(address);
  await expect(other.getByRole('combobox', { name: 'Instances' })).toHaveValue('mean');
  await expect(
    other.getByRole('group', { name: 'Time range' }).getByRole('button', { name: 'Back to live' }),
  ).toBeVisible();
  expect(new URL(other.url()).searchParams.get('from')).toBe(new URL(address).searchParams.get('from'));
  await other.close();
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
});

test('measures of the whole environment are drawn in one chart, and saved as values', async ({ page }) => {
  await page.goto('/telemetry?environment=true');
  await expect(linesOf(page)).toContainText(/\d %/);
  await page.getByRole('button', { name: 'Draw in one chart…' }).focus();
  await page.keyboard.press('Enter');
  for (const measure of ['CPU', 'Memory']) {
    const item = page.getByRole('menuitemcheckbox', { name: measure, exact: true });
    while (!(await item.evaluate((at) => at === document.activeElement)))
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(item).toBeChecked();
  }
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/measures=cpu(,|%2C)memory/);
  const together = page.getByRole('region', { name: 'CPU and Memory' });
  await expect(together.getByRole('row').filter({ hasText: 'right axis' })).toContainText(/\d [KMG]iB/);
  await expect(together.locator('path[data-measure]')).toHaveCount(2);
  await expectAccessible(page);
  const [head, ...rows] = await savedCsv(page, (await exportNameOf(together)) ?? '');
  expect(head).toMatch(/^time,.+: CPU \(% of one core\),.+: Memory \(bytes\)$/);
  expect(rows.filter((row) => /^[\d:.TZ-]+,[\d.]+,[\d.]+$/.test(row))).not.toEqual([]);
});

const exportNameOf = (panel: Locator): Promise<string | null> =>
  panel.getByRole('button', { name: /^Export / }).getAttribute('aria-label');
