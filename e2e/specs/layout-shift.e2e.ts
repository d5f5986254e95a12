import { nodesOf, quietInstance } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { layoutShifts, noteLayoutShifts, slowDown } from '../layout-shift.ts';
import { pages, title } from '../page.ts';
import { quietRobot } from '../robots.ts';

// Each page is loaded in a browser of its own, so that nothing is in its cache.
test.describe.configure({ mode: 'parallel' });
// Forty cold loads on a slow network take seven minutes, and what they measure depends on the machine's load.
test.skip(process.env['LAYOUT_SHIFTS'] === undefined, 'run with LAYOUT_SHIFTS=1');

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

for (const width of [1440, 390]) {
  for (const path of [...pages.map((page) => page.path), ...further, ...objects]) {
    test(`nothing jumps while ${path} loads at ${width} px`, async ({ page, world, signInAs }) => {
      await page.setViewportSize({ width, height: width < 640 ? 844 : 900 });
      await signInAs('admin');
      const at: string = await addressOf(path);
      await noteLayoutShifts(page);
      await slowDown(page);
      await page.goto(at);
      await expect(title(page)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0, { timeout: 30_000 });
      await page.waitForLoadState('load');
      // The last answers, fonts, and what comes a moment after the first paint.
      await page.waitForTimeout(3000);
      const shifts = await layoutShifts(page);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      expect(sum, JSON.stringify(shifts, null, 1)).toBeLessThanOrEqual(MOST);

      async function addressOf(name: string): Promise<string> {
        if (name === 'container') {
          const found = (await nodesOf(page)).find(({ kind, name: its }) => kind === name && its === 'API');
          return `/containers/${found?.id}`;
        }
        if (name === 'instance') return `/instances/${(await quietInstance(page, world)).id}`;
        if (name === 'deployment') return `/robots/deployments/${(await quietRobot(page, 'us:cali')).id}`;
        return name;
      }
    });
  }
}
