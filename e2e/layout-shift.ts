import type { Page, Request } from '@playwright/test';

import { expect } from './fixtures.ts';
import { title } from './page.ts';

const QUIET_MS = 1_000;

type Shift = { value: number; moved: string[] };

declare global {
  var layoutShifts: Shift[] | undefined;
}

/** From now on every page that loads notes what moved without being asked to, and by how much. */
async function noteLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Entry = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Source[] };
    type Source = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
    const nameOf = ({ node, previousRect: from, currentRect: to }: Source): string => {
      const what =
        node instanceof Element
          ? `${node.tagName.toLowerCase()} “${(node.textContent ?? '').slice(0, 40)}”`
          : (node?.textContent ?? 'something').slice(0, 40);
      return `${what} ${from.x},${from.y} ${from.width}×${from.height} → ${to.x},${to.y} ${to.width}×${to.height}`;
    };
    const shifts: Shift[] = [];
    globalThis.layoutShifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Entry[]) {
        if (entry.hadRecentInput) continue;
        shifts.push({ value: entry.value, moved: entry.sources.map(nameOf) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** A mobile network and an API whose answers come late, and not in the order they were asked for. */
async function slowDown(page: Page): Promise<{ quietMs: () => number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: 400_000,
    uploadThroughput: 100_000,
  });
  const underway = new Set<Request>();
  let lastAt = Date.now();
  const end = (request: Request) => {
    if (underway.delete(request)) lastAt = Date.now();
  };
  page.on('request', (request) => underway.add(request));
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  let asked = 0;
  await page.route(/\/api\//, async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 200 + ((asked * 7) % 5) * 250));
    await route.continue();
  });
  return { quietMs: () => (underway.size === 0 ? Date.now() - lastAt : 0) };
}

/** What moves while a page loads into an empty cache over a slow network, until nothing has come for a second. */
export async function shiftsWhileLoading(page: Page, at: string): Promise<Shift[]> {
  await noteLayoutShifts(page);
  const network = await slowDown(page);
  await page.goto(at);
  await expect(title(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0, { timeout: 30_000 });
  // A page that polls is never quiet for long.
  const deadline = Date.now() + 6_000;
  await expect
    .poll(() => network.quietMs() > QUIET_MS || Date.now() > deadline, { timeout: 10_000 })
    .toBe(true);
  return page.evaluate(() => globalThis.layoutShifts ?? []);
}

export const sumOf = (shifts: Shift[]): number => shifts.reduce((total, { value }) => total + value, 0);
