import type { Page } from '@playwright/test';

export type Clicks = {
  /** Presses of the pointer since the last call, however they were made. */
  taken: () => number;
};

/** Call it before the first `goto`: it counts in the page, so that no click is forgotten or counted twice. */
export async function countClicks(page: Page): Promise<Clicks> {
  let count = 0;
  await page.exposeFunction('noteClick', () => void (count += 1));
  await page.addInitScript(() => {
    const { noteClick } = window as unknown as { noteClick: () => Promise<void> };
    addEventListener('pointerdown', ({ isTrusted }) => isTrusted && void noteClick(), { capture: true });
  });
  return {
    taken() {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
