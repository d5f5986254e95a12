import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect } from './fixtures.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const variants = [
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
] as const;

export async function violations(page: Page): Promise<string[]> {
  // Legacy mode: without frames axe needs no second page for each analysis.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations: found } = await axe.withTags(tags).setLegacyMode().analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help} (${target.join(' ')}) ${failureSummary}`),
  );
}

export async function expectAccessible(page: Page, prepare?: () => Promise<void>): Promise<void> {
  for (const { width, colorScheme } of variants) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await prepare?.();
    expect.soft(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
  }
}
