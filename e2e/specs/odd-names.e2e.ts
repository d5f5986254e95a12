import type { Page } from '@playwright/test';

import { csrfHeaders, nodesOf } from '../api.ts';
import { expect, test } from '../fixtures.ts';
import { pages, title } from '../page.ts';
import { stateOf } from '../world.ts';

test.use({ scenario: 'odd-names' });

/** Control characters but line ends and tabs, and marks that change the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- these are what must not be there
const RAW = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E]/u;

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** All that a person or a screen reader is given. */
const textsOf = (page: Page) =>
  page.evaluate(() => {
    const attributes = ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'];
    const named = [...document.querySelectorAll('*')].flatMap((element) =>
      attributes.flatMap((attribute) => element.getAttribute(attribute) ?? []),
    );
    return [document.title, document.body.innerText, ...named];
  });

/**
 * Texts of the page's own, with letters from left to right, whose characters are not drawn in that order: a neighbour
 * from right to left has pulled them along.
 */
const reversed = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const bare = text.replaceAll(/\u2068[^\u2069]*\u2069/g, (isolated) => ' '.repeat(isolated.length));
      if (/[\u0590-\u08FF]/.test(bare)) continue;
      let last: DOMRect | null = null;
      for (let at = 0; at < bare.length; at += 1) {
        if (!/[\p{L}\p{N}]/u.test(bare[at] ?? '')) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        const isSameLine: boolean = last !== null && Math.abs(box.top - last.top) < 2;
        if (box.width > 0 && isSameLine && last !== null && box.left < last.left - 1) {
          found.push(text);
          break;
        }
        if (box.width > 0) last = box;
      }
    }
    return found;
  });

for (const width of [1440, 390]) {
  test(`odd names and errors harm no page at ${width} px`, async ({ page, world, signInAs }) => {
    await page.setViewportSize({ width, height: 900 });
    await signInAs('admin');
    const nodes = await nodesOf(page);
    const odd = ['no-name', 'right-to-left', 'unclosed-isolate', 'arabic', 'unbroken-title', 'escapes'];
    const { ids } = await stateOf(world);
    const token = await page.request.post('/api/access-tokens', {
      headers: await csrfHeaders(page),
      data: { name: '\u202Ediordna \u001B[2J', role: 'viewer', expiresInDays: 1 },
    });
    expect(token.status()).toBe(201);
    const failed = odd.flatMap((identifier) => {
      const of = nodes.filter(({ containerId }) => containerId === ids.containers[identifier]);
      const worst = of.find(({ state }) => state?.current === 'failed') ?? of[0];
      return worst === undefined ? [] : [`/instances/${worst.id}`];
    });
    const containers = odd.map((identifier) => ids.containers[identifier] ?? '');
    const details = [
      ...containers.map((id) => `/containers/${id}`),
      ...failed,
      ...containers.map((id) => `/topology?select=${id}`),
      `/telemetry?container=${ids.containers['arabic']}`,
      '/topology?view=table',
      '/functions?view=claims&state=all',
      '/access-tokens',
      '/robots?view=team',
      '/robots/account',
    ];
    for (const place of [...pages.map(({ path }) => path), ...details]) {
      await page.goto(place);
      // A narrow window shows a selection in a sheet over the page.
      await expect(title(page).or(page.getByRole('dialog')).first()).toBeVisible();
      await expect(page.getByRole('status', { name: /Loading/ })).toHaveCount(0);
      expect.soft(await overflow(page), `${place} is wider than the window`).toBe(0);
      expect.soft(await reversed(page), `texts reversed at ${place}`).toEqual([]);
      const raw = (await textsOf(page)).filter((text) => RAW.test(text));
      expect.soft(raw, `raw characters at ${place}`).toEqual([]);
    }
  });
}

test('titles, sentences and exports hold no mark, and keep a name’s direction to itself', async ({
  page,
  world,
  signInAs,
}) => {
  await signInAs('admin');
  const { ids } = await stateOf(world);
  const titles: Record<string, string> = {
    'right-to-left': 'gnp.troper · Cyclorama',
    'unclosed-isolate': '\u2068שלום report\u2069 · Cyclorama',
    arabic: '\u2068خدمة معالجة الخرائط\u2069 · Cyclorama',
    escapes: String.raw`\x1B[2J\x1B[31mred\x1B[0m\x07 · Cyclorama`,
    'no-name': 'no-name · Cyclorama',
  };
  for (const [identifier, expected] of Object.entries(titles)) {
    await page.goto(`/containers/${ids.containers[identifier]}`);
    await expect(page).toHaveTitle(expected);
  }
  await page.goto('/');
  const attention = page.getByRole('region', { name: /^Needs attention/ });
  await expect(attention.getByRole('link', { name: 'no-name', exact: true })).toBeVisible();
  await expect(attention).toContainText(': no reason given');
  await expect(attention).toContainText(': \u2068خدمة معالجة الخرائط: exit 1\u2069');

  const data = { containerId: ids.containers['odd-function'] };
  const claim = await page.request.post('/api/claims', { headers: await csrfHeaders(page), data });
  expect(claim.ok(), await claim.text()).toBe(true);
  for (const address of [
    '/api/topology',
    '/api/overview',
    '/api/robots/deployments',
    '/api/claims/export?format=csv&state=all',
    '/api/claims/export?format=json&state=all',
  ]) {
    const text = await (await page.request.get(address)).text();
    expect(text.length, address).toBeGreaterThan(50);
    expect(RAW.test(text.replaceAll('\r\n', '\n')), address).toBe(false);
    expect(text, address).not.toMatch(/\\u(?:00[01]|20[26])/);
  }
});
