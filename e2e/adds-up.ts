import type { Page } from '@playwright/test';

import { expect, test } from './fixtures.ts';

type Parts = Record<string, number>;

/** Of "1,204 instances" the number; NaN where none comes first. */
const numberIn = (text: string): number => Number.parseInt(text.replaceAll(',', ''), 10);
const sum = (parts: Parts): number => Object.values(parts).reduce((total, count) => total + count, 0);

/** "2 failed 1 not ready" → `{failed: 2, 'not ready': 1}`. */
const partsIn = (text: string): Parts =>
  Object.fromEntries(
    [...text.matchAll(/([\d,]+) ([a-z][a-z ]*[a-z])/g)].map(([, count = '', name = '']) => [
      name,
      numberIn(count),
    ]),
  );

/** A list's count and the counts of its chips, which always are of all. */
async function listOf(page: Page, address: string, noun: string): Promise<{ total: number; byState: Parts }> {
  await page.goto(address);
  const count = page.getByRole('search').getByRole('status');
  await expect(count).toHaveText(new RegExp(`^[\\d,]+ ${noun}s?$`), { timeout: 30_000 });
  const chips = await page.getByRole('group', { name: 'State' }).getByRole('button').allInnerTexts();
  const byState = chips.map((chip) => {
    const [, name = '', counted = ''] = /^\s*(.+?)\s+([\d,]+)\s*$/s.exec(chip) ?? [];
    return [name.toLowerCase(), numberIn(counted)];
  });
  return { total: numberIn(await count.innerText()), byState: Object.fromEntries(byState) as Parts };
}

async function overviewOf(page: Page) {
  await page.goto('/');
  const figures = page.getByRole('list', { name: 'Figures' });
  await expect(figures).toBeVisible({ timeout: 30_000 });
  const figure = async (label: string): Promise<{ total: number; text: string }> => {
    const text = (await figures.getByRole('link', { name: new RegExp(`^${label}`) }).innerText()).replaceAll(
      /\s+/g,
      ' ',
    );
    const [, total = '', rest = ''] = new RegExp(`^${label} ([\\d,]+)(.*)$`).exec(text) ?? [];
    return { total: numberIn(total), text: rest };
  };
  const services = page.getByRole('region', { name: 'Services' }).getByRole('listitem');
  const servicesByAddress = await services.evaluateAll((items) =>
    items.map((item) => [
      item.querySelector('a')?.getAttribute('href') ?? '',
      /\d+ of \d+$/.exec(item.textContent)?.[0] ?? '',
    ]),
  );
  return {
    instances: await figure('Instances'),
    containers: await figure('Containers'),
    robots: await figure('Robots'),
    services: servicesByAddress as [string, string][],
    attention: await page.getByRole('heading', { name: /^Needs attention/ }).innerText(),
    stateLine: await page.getByText(/needs? a person/).innerText(),
  };
}

/** Of each row of the containers' list, its address and "running of all". */
const runningByAddress = async (page: Page): Promise<Map<string, string>> => {
  const rows = await page.getByRole('table', { name: 'Containers' }).evaluate((table) =>
    [...table.querySelectorAll('[role="row"], tr')].flatMap((row) => {
      const address = row.querySelector('a')?.getAttribute('href');
      const cells = [...row.querySelectorAll('[role="cell"], td')].map((cell) => cell.textContent);
      const running = cells.find((text) => /^[\d,]+ of [\d,]+$/.test(text));
      return address == null || running === undefined ? [] : [[address, running] as const];
    }),
  );
  return new Map(rows);
};

/**
 * Registers a walk that compares every number which stands on two pages. Where the world moves the walk is made again:
 * the pages are not read at the same moment.
 */
export function addsUp({ listsAll }: { listsAll: boolean }): void {
  test.beforeEach(async ({ signInAs }) => {
    await signInAs('viewer');
  });

  test('instances, containers and services are the same on every page, and parts sum to totals', async ({
    page,
  }) => {
    await expect(async () => {
      const seen = await overviewOf(page);
      const instances = await listOf(page, '/instances', 'instance');
      const containers = await listOf(page, '/containers', 'container');
      expect(instances).toEqual({ total: seen.instances.total, byState: partsIn(seen.instances.text) });
      expect(containers).toEqual({ total: seen.containers.total, byState: partsIn(seen.containers.text) });
      expect(sum(instances.byState)).toBe(instances.total);
      expect(sum(containers.byState)).toBe(containers.total);

      const [, urgent = '0', later = '0'] =
        /^(?:Nothing|([\d,]+) things?) needs? a person(?: · ([\d,]+) to watch)?$/.exec(seen.stateLine) ?? [];
      const [, listed = '0'] = /\(([\d,]+)\)$/.exec(seen.attention) ?? [];
      expect(numberIn(urgent) + numberIn(later)).toBe(numberIn(listed));

      if (!listsAll) return;
      const rows = await runningByAddress(page);
      expect(rows.size).toBe(containers.total);
      const inRows = [...rows.values()].map((text) => numberIn(text.split(' of ')[1] ?? ''));
      expect(inRows.reduce((total, count) => total + count, 0)).toBe(instances.total);
      for (const [address, running] of seen.services) expect(rows.get(address)).toBe(running);
    }).toPass({ timeout: 120_000 });
  });

  test('pools are whole, and hold what the lists say', async ({ page }) => {
    await expect(async () => {
      await page.goto('/functions');
      const pools = page.getByRole('table', { name: 'Pools' }).getByRole('row');
      await expect(pools.nth(1)).toContainText(/\d/, { timeout: 30_000 });
      const told = await pools.evaluateAll((rows) =>
        rows.slice(1).map((row) => {
          const all = [...row.querySelectorAll('td')];
          const [name, ...cells] = all.slice(all.findIndex(({ dataset }) => dataset.name !== undefined));
          return [
            name?.querySelector('a')?.getAttribute('href') ?? '',
            cells.slice(0, 4).map(({ textContent }) => textContent),
          ] as const;
        }),
      );
      await page.goto('/containers?kind=function');
      await expect(page.getByRole('table', { name: 'Containers' })).toBeVisible({ timeout: 30_000 });
      const rows = await runningByAddress(page);
      for (const [address, [ours = '', others = '', idle = '', instances = '']] of told) {
        const [, notReady = '0', all = ''] = /^(?:(\d+) not ready of )?([\d,]+)/.exec(instances) ?? [];
        expect(Number(ours) + Number(others) + Number(idle) + Number(notReady)).toBe(numberIn(all));
        expect(numberIn(rows.get(address)?.split(' of ')[1] ?? '')).toBe(numberIn(all));
      }
    }).toPass({ timeout: 90_000 });
  });

  test('each robot is ours, others’, free or offline, on the Overview as in its list', async ({ page }) => {
    await expect(async () => {
      const { robots } = await overviewOf(page);
      const inFigure = (name: string): number =>
        Number(new RegExp(`${name} (\\d+)`, 'i').exec(robots.text)?.[1] ?? 0);
      await page.goto('/robots');
      const now = page.getByLabel('Robots now');
      await expect(now).toHaveText(/free/, { timeout: 30_000 });
      const line = await now.innerText();
      const inLine = (pattern: RegExp): number => Number(pattern.exec(line)?.[1] ?? 0);
      const parts = {
        ours: inLine(/(\d+) ours/),
        free: inLine(/(\d+) free/),
        heldByOthers: inLine(/(\d+) others/),
        unavailable: inLine(/(\d+) unavailable/),
        unknown: inLine(/(\d+) not read yet/),
      };
      expect({
        ours: inFigure('ours'),
        free: inFigure('free'),
        heldByOthers: inFigure('held by others'),
        unavailable: inFigure('unavailable'),
        unknown: inFigure('not read yet'),
      }).toEqual(parts);
      expect(sum(parts)).toBe(robots.total);
      expect(inLine(/(\d+) busy/)).toBe(parts.ours + parts.heldByOthers);
      const count = await page.getByRole('search').getByRole('status').first().innerText();
      expect(numberIn(/^(?:[\d,]+ of )?([\d,]+) /.exec(count)?.[1] ?? '')).toBe(robots.total);
    }).toPass({ timeout: 90_000 });
  });
}
