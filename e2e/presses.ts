import type { Locator, Page } from '@playwright/test';

import type { World } from './fixtures.ts';

/** What a person may do to one button in a hurry. */
export const presses: [string, (page: Page, button: Locator) => Promise<void>][] = [
  ['a double click', (_, button) => button.dblclick()],
  [
    'Enter pressed twice',
    async (page, button) => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
    },
  ],
  [
    'two taps',
    async (_, button) => {
      await button.tap();
      await button.tap({ force: true, timeout: 1_000 }).catch(() => undefined);
    },
  ],
  [
    'five clicks on a slow computer',
    async (page, button) => {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      await button.click({ clickCount: 5 });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    },
  ],
];

/** Requests that reached the upstream since the test began. */
export async function received(world: World, api: 'rerobots' | 'scheduler', name: RegExp): Promise<number> {
  const { requests } = (await world.control('GET', '/state')) as {
    requests: Record<string, Record<string, number>>;
  };
  return Object.entries(requests[api] ?? {})
    .filter(([each]) => name.test(each))
    .reduce((sum, [, count]) => sum + count, 0);
}

type Row = { id: string; state: string; instanceId: string | null };
export const change = async (page: Page, path: string) => {
  const { csrfToken } = (await (await page.request.get('/api/session')).json()) as { csrfToken: string };
  return page.request.post(path, { data: {}, headers: { 'x-csrf-token': csrfToken } });
};
export const ownRows = async (page: Page, path: string, key: 'bookings' | 'claims'): Promise<Row[]> =>
  ((await (await page.request.get(path)).json()) as Record<typeof key, (Row & { owner: string | null })[]>)[
    key
  ].filter(({ owner }) => owner === 'oscar');
