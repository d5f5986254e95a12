import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect } from './fixtures.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const looks = [
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
] as const;

/** What axe finds on the page as it stands, as lines a person can act on. */
export async function violations(page: Page): Promise<string[]> {
  // Pages have no frames, and without them axe needs no second page for each look ("legacy mode").
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.withTags(tags).setLegacyMode().analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary}`),
  );
}

/** Looks at the page, light and dark, wide and narrow; `prepare` opens what it has to offer in each width. */
export async function expectAccessible(page: Page, prepare?: () => Promise<void>): Promise<void> {
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await prepare?.();
    expect.soft(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
}
