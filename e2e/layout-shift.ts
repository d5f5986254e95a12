import type { Page } from '@playwright/test';

type Shift = { value: number; moved: string[] };

declare global {
  var layoutShifts: Shift[] | undefined;
}

/** From now on every page that loads notes what moved without being asked to, and by how much. */
export async function noteLayoutShifts(page: Page): Promise<void> {
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

export const layoutShifts = (page: Page): Promise<Shift[]> =>
  page.evaluate(() => globalThis.layoutShifts ?? []);

/** A mobile network and an API whose answers come late, and not in the order they were asked for. */
export async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: 400_000,
    uploadThroughput: 100_000,
  });
  let asked = 0;
  await page.route(/\/api\//, async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 200 + ((asked * 7) % 5) * 250));
    await route.continue();
  });
}
