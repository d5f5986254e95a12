import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Drags over the middle of the first chart in `within` until the address has a fixed range. */
export async function zoomInto(page: Page, within: Locator): Promise<void> {
  const chart = within.locator('canvas, .recharts-surface').first();
  // While the page still loads, the chart may move from under the pointer.
  await expect(async () => {
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart is not on the page');
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(page).toHaveURL(/from=\d+&to=\d+|to=\d+&from=\d+/, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}
