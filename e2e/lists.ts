import type { Locator, Page } from '@playwright/test';

import { expect } from './fixtures.ts';
import { overflow } from './page.ts';

const WIDTHS = [1920, 1440, 1280, 1024, 768, 390, 320];
const NAME_MIN = 160;

/** `name`: the table's caption; one of several with a bar between them. `action`: every row has one, which must stay. */
export type List = { name: string; action?: boolean };

export const regionOf = (page: Page, { name }: List): Locator =>
  page.getByRole('region', { name: new RegExp(`^(?:${name}), list$`) }).first();

export async function expectFitsEverywhere(page: Page, list: List): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expect(regionOf(page, list).getByRole(width < 640 ? 'list' : 'table')).toBeVisible();
    await expectFits(page, list, `${width} px`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ media: 'print' });
  await expectFits(page, list, 'print');
  await expect(
    page.getByRole('navigation', { name: 'Pages', exact: true }).filter({ visible: true }),
  ).toHaveCount(0);
  const box = await regionOf(page, list).evaluate((one) => one.scrollHeight - one.clientHeight);
  expect(box, 'rows that are not printed').toBe(0);
  await page.emulateMedia({ media: null });
}

export async function expectFits(page: Page, list: List, at: string): Promise<void> {
  const region = regionOf(page, list);
  await expect
    .poll(() => region.evaluate((element) => element.scrollWidth - element.clientWidth), `${at}: list`)
    .toBeLessThanOrEqual(0);
  expect.soft(await overflow(page), `${at}: page`).toBe(0);
  const name = await region.locator('[data-name]').first().boundingBox();
  expect.soft(name?.width, `${at}: the name’s room`).toBeGreaterThanOrEqual(NAME_MIN);
  const cut = await region
    .locator('th')
    .evaluateAll((heads) =>
      heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.textContent),
    );
  expect.soft(cut, `${at}: heads that run into the next`).toEqual([]);
  if (list.action !== true) return;
  const action = region.locator('[data-line]').first().getByRole('button').last();
  const [button, frame] = [await action.boundingBox(), await region.boundingBox()];
  expect.soft(button, `${at}: the action`).not.toBeNull();
  if (button === null || frame === null) return;
  expect
    .soft(button.x + button.width, `${at}: the action’s right edge`)
    .toBeLessThanOrEqual(frame.x + frame.width);
}
