import type { Page } from '@playwright/test';

import { nodesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import type { World } from '../fixtures.ts';
import { shiftsWhileLoading, sumOf } from '../layout-shift.ts';
import { pages } from '../page.ts';
import { quietRobot } from '../robots.ts';

// Each page is loaded in a browser of its own, so that nothing is in its cache.
test.describe.configure({ mode: 'parallel' });
// What happens in the world moves things too; here it is about loading.
test.use({ speed: 0.05 });

const MOST = 0.02;

const further = [
  '/topology?view=table',
  '/functions?view=claims&state=all',
  '/functions?view=batches',
  '/functions?view=durations',
  '/robots?view=team',
  '/robots/account',
  '/access-tokens',
  '/sessions',
];
const objects = ['container', 'instance', 'deployment'] as const;

const everywhere = [...pages.map((page) => page.path), ...objects];
const cases = { 1440: everywhere, 390: [...everywhere, ...further] };

for (const [size, paths] of Object.entries(cases)) {
  const width = Number(size);
  for (const path of paths) {
    test(`nothing jumps while ${path} loads at ${width} px`, async ({ browser, page, world, signInAs }) => {
      const viewport = { width, height: width < 640 ? 844 : 900 };
      await page.setViewportSize(viewport);
      await signInAs('admin');
      const at = await addressOf(path, page, world);
      let shifts = await shiftsWhileLoading(page, at);
      // What the page does it does each time; what a busy machine or something that happened made of one load, not.
      if (sumOf(shifts) > MOST) {
        const again = await browser.newContext({ baseURL: world.url, viewport });
        const second = await again.newPage();
        await signInAs('admin', second);
        shifts = await shiftsWhileLoading(second, at);
        await again.close();
      }
      expect(sumOf(shifts), JSON.stringify(shifts, null, 1)).toBeLessThanOrEqual(MOST);
    });
  }
}

async function addressOf(name: string, page: Page, world: World): Promise<string> {
  if (name === 'container') {
    const found = (await nodesOf(page)).find(({ kind, name: its }) => kind === name && its === 'API');
    return `/containers/${found?.id}`;
  }
  if (name === 'instance') return `/instances/${(await quietInstance(page, world)).id}`;
  if (name === 'deployment') return `/robots/deployments/${(await quietRobot(page, 'us:cali')).id}`;
  return name;
}
