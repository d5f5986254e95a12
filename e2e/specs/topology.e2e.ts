import type { Page } from '@playwright/test';

import { instancesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { fact, title } from '../page.ts';
import { happen } from '../world.ts';

const search = (page: Page) => page.getByRole('textbox', { name: 'Filter nodes' });
const count = (page: Page) => page.getByRole('search').getByRole('status');
const picture = (page: Page) => page.getByRole('application', { name: /^Topology: \d+ nodes$/ });
/** What a screen reader is told of the selection. */
const told = (page: Page) => page.getByRole('main').locator('output.sr-only');
const panel = (page: Page) => page.getByRole('region', { name: /^Details of/ });

/** True when the picture shows more than its background. */
const isDrawn = (page: Page) =>
  picture(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      const colours = new Set<string>();
      for (let at = 0; at < data.length; at += 4 * 97)
        colours.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
      return colours.size > 5;
    });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

test('the picture is drawn, and the keyboard walks it', async ({ page }) => {
  await page.goto('/topology');
  await expect.poll(() => isDrawn(page), { timeout: 30_000 }).toBe(true);
  await picture(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(told(page)).toHaveText(/^.+, (hub|environment), live for .+, 1 of 2$/);
  await expect(page).toHaveURL(/[?&]select=/);
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/topology');
});

test('arrows go from a domain along the lines to a server, and each step is told', async ({
  page,
  world,
}) => {
  const [planner] = await instancesOf(page, world, 'planner');
  await page.goto(`/topology?select=${planner?.id}`);
  await expect.poll(() => isDrawn(page), { timeout: 30_000 }).toBe(true);
  await picture(page).focus();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(told(page)).toHaveText(/, server(, .+)?, \d of \d$/);
  await page.keyboard.press('ArrowLeft');
  await expect(told(page)).toHaveText(new RegExp(`^${planner?.name}, instance of Planner, .+, \\d of \\d$`));
  await page.keyboard.press('Home');
  const first = await told(page).innerText();
  await page.keyboard.press('ArrowDown');
  await expect(told(page)).not.toHaveText(first);
  await page.keyboard.press('ArrowUp');
  await expect(told(page)).toHaveText(first);
  await page.keyboard.press('ArrowUp');
  await expect(told(page)).toContainText('Nothing further that way.');
});

test('only the problems are left where one asks for them, as a link to it says', async ({ page, world }) => {
  const gateway = await quietInstance(page, world);
  await happen(world, 'instance.fail', gateway.id, 'exit code 9');
  await page.goto('/topology');
  await page.getByRole('button', { name: 'Problems only' }).click();
  await expect(page).toHaveURL('/topology?problems=only');
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('table', { name: 'Nodes of the environment' });
  await expect(table.getByRole('row', { name: new RegExp(`^${gateway.name} `) })).toContainText('Failed');
  await expect(table.getByRole('row', { name: / Running/ })).toHaveCount(0);
  await happen(world, 'instance.start', gateway.id);
});

test('the fill shows what is chosen, with its legend', async ({ page }) => {
  await page.goto('/topology');
  const legend = page.getByRole('list', { name: 'Legend' });
  await expect(legend).toContainText('Failed or unhealthy');
  for (const [fill, word] of [
    ['CPU', 'under 10 % of a core'],
    ['memory', '64–256 MiB'],
    ['age', 'under 1 h'],
    ['version', 'no version'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Fill shows' }).selectOption(`Fill: ${fill}`);
    await expect(legend).toContainText(word);
    await expect(page).toHaveURL(`/topology?fill=${fill.toLowerCase()}`);
  }
});

test('a view is saved under a name, shared, opened by its link and deleted', async ({ page, signInAs }) => {
  await page.goto('/topology?problems=only&fill=age');
  await page.getByRole('button', { name: 'Saved views' }).click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await expect(menu).toContainText('No saved views yet.');
  await menu.getByLabel('Save what you see as').fill('Problems by age');
  await menu.getByLabel('Share with the team').check();
  await menu.getByRole('button', { name: 'Save view' }).click();
  const link = menu.getByRole('link', { name: 'Problems by age' });
  await expect(link).toHaveAttribute('aria-current', 'page');

  await signInAs('viewer');
  await page.goto('/topology');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await expect(menu).toContainText('by oscar');
  await expect(menu.getByRole('button', { name: /^Delete/ })).toHaveCount(0);
  await link.click();
  await expect(page).toHaveURL('/topology?problems=only&fill=age');
  await expect(page.getByRole('combobox', { name: 'Fill shows' })).toHaveValue('age');

  await signInAs('operator');
  await page.goto('/topology');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await menu.getByRole('button', { name: 'Delete the view Problems by age' }).click();
  await expect(menu).toContainText('No saved views yet.');
});

test('what one pins comes first in the table', async ({ page }) => {
  await page.goto('/topology?view=table');
  const table = page.getByRole('table', { name: 'Nodes of the environment' });
  await search(page).fill('Web');
  await table
    .getByRole('row', { name: /^Web Container/ })
    .getByRole('link', { name: 'Web' })
    .click();
  await panel(page).getByRole('button', { name: 'Pin' }).click();
  await expect(panel(page).getByRole('button', { name: 'Unpin' })).toBeVisible();
  await search(page).fill('');
  await expect(table.getByRole('row').nth(1)).toHaveText(/^Pinned/);
  await expect(table.getByRole('row').nth(2)).toHaveText(/^Web/);
  const pinnedAt = page.url();
  await page.goto('/containers');
  const list = page.getByRole('table', { name: 'Containers' });
  await expect(list.getByRole('row').nth(1)).toHaveText(/^Pinned/);
  await expect(list.getByRole('row').nth(2)).toHaveText(/^Web/);
  await page.goto(pinnedAt);
  await panel(page).getByRole('button', { name: 'Unpin' }).click();
  await expect(table.getByRole('row', { name: /^Pinned/ })).toHaveCount(0);
});

test('what a search finds is stepped through, and a click in the picture opens it', async ({
  page,
  world,
}) => {
  const found = await instancesOf(page, world, 'planner');
  await page.goto('/topology');
  await search(page).fill('planner-');
  // How many there are in all changes as the environment lives.
  await expect(count(page)).toHaveText(new RegExp(`^${found.length} of \\d+ nodes$`));
  await expect(page).toHaveURL('/topology?q=planner-');

  await page.getByRole('button', { name: 'Next match (j)' }).click();
  await expect(told(page)).toHaveText(/^planner-\w+, instance of Planner, /);
  const box = await picture(page).boundingBox();
  await picture(page).click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(/^planner-/);
  await expect(fact(panel(page), 'Kind')).toHaveText('Instance');
  await panel(page).getByRole('link', { name: 'Open instance' }).click();
  await expect(title(page)).toHaveText(/^planner-/);
});

test('filters, grouping and selection live in the address and come back with it', async ({ page, world }) => {
  const gateway = await quietInstance(page, world);
  await page.goto('/topology');
  await page.getByRole('button', { name: 'Filter by kind, state and health' }).click();
  await page.getByRole('checkbox', { name: 'Instance' }).check();
  await page.getByRole('checkbox', { name: 'Running' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('By server');
  await search(page).fill('gateway');
  await expect(count(page)).toHaveText(/^1 of \d+ nodes$/);
  await page.getByRole('button', { name: 'Next match (j)' }).click();
  await picture(page).focus();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toBeVisible();
  const address = new URL(page.url()).searchParams;
  expect(Object.fromEntries(address)).toEqual({
    kind: 'instance',
    state: 'running',
    group: 'server',
    q: 'gateway',
    select: gateway.id,
  });

  await page.reload();
  await expect(search(page)).toHaveValue('gateway');
  await expect(count(page)).toHaveText(/^1 of \d+ nodes$/);
  await expect(page.getByRole('combobox', { name: 'Group by' })).toHaveValue('server');
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(gateway.name);
  await expect.poll(() => isDrawn(page), { timeout: 30_000 }).toBe(true);
  await panel(page).getByRole('region', { name: 'Part of' }).getByRole('button').first().click();
  await expect(fact(panel(page), 'Kind')).toHaveText('Container');
});

test('the table holds the same content', async ({ page }) => {
  const table = page.getByRole('table', { name: 'Nodes of the environment' });
  // Again where the dashboard had not read every part yet when the picture was counted.
  await expect(async () => {
    await page.goto('/topology');
    const label = (await picture(page).getAttribute('aria-label')) ?? '';
    await page.getByRole('button', { name: 'Show as table' }).click();
    await expect(page).toHaveURL('/topology?view=table');
    const nodes = Number(/\d+/.exec(label)?.[0]);
    await expect(table).toHaveAttribute('aria-rowcount', String(nodes + 1), { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });

  await table.getByRole('button', { name: 'Kind' }).click();
  await expect(page).toHaveURL(/sort=kind/);
  await search(page).fill('API');
  const first = table.getByRole('row', { name: /^API Container/ });
  await first.getByRole('link', { name: 'API' }).click();
  await expect(fact(panel(page), 'Identifier')).toHaveText('api');
  await page.reload();
  await expect(fact(panel(page), 'Identifier')).toHaveText('api');
  await page.getByRole('button', { name: 'Show as map' }).click();
  await expect(picture(page)).toBeVisible();
});

test('what changes upstream shows without a reload', async ({ page, world }) => {
  const gateway = await quietInstance(page, world);
  await page.goto(`/topology?select=${gateway.id}`);
  const state = fact(panel(page), 'State');
  await expect(state).toHaveText('Running');
  await happen(world, 'instance.fail', gateway.id, 'exit code 9');
  await expect(state).toHaveText('Failed');
  await expect(fact(panel(page), 'Error')).toContainText('exit code 9');
  await happen(world, 'instance.start', gateway.id);
  await expect(state).toHaveText('Running');
});

test('a past minute is shown as it was, by its address and the slider', async ({ page }) => {
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  // The first minute is on record as soon as Cycle has been read.
  await expect(async () => {
    await page.goto(`/topology?view=table&at=${minute}`);
    await expect(page.getByRole('table', { name: 'Nodes of the environment' })).toBeVisible({
      timeout: 5_000,
    });
  }).toPass({ timeout: 90_000 });
  const bar = page.getByRole('region', { name: 'Past' });
  await expect(bar.getByRole('slider', { name: 'Minute' })).toHaveValue(String(minute));
  await bar.getByRole('button', { name: 'Back to now' }).click();
  await expect(bar).toHaveCount(0);
  await expect(page).toHaveURL('/topology?view=table');
});
