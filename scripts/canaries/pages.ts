import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import { findBrowser } from '../lib/browser.ts';
import { buildWeb } from '../lib/build.ts';
import { root } from '../lib/processes.ts';
import type { Caller } from './callers.ts';
import type { Looks } from './looks.ts';
import type { World } from './world.ts';

type Page = {
  goto(url: string): Promise<unknown>;
  waitForSelector(selector: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
};
type Context = {
  addCookies(cookies: object[]): Promise<void>;
  newPage(): Promise<Page>;
  close(): Promise<void>;
};
type Browser = { newContext(): Promise<Context>; close(): Promise<void> };

const PAGES = [
  '/',
  '/topology',
  '/containers',
  '/instances',
  '/telemetry',
  '/functions',
  '/robots',
  '/robots/account',
  '/alerts',
  '/activity',
  '/access-tokens',
  '/access-tokens/api?operation=getTopology',
];
const DETAILS = { container: '/containers', instance: '/instances' } as const;
const SETTLES_MS = 1_000;

/** What a browser holds of each page: the document and what is stored. False where there is no browser. */
export async function lookAtPages(
  { url }: World,
  looks: Looks,
  callers: readonly Caller[],
): Promise<boolean> {
  const executablePath = findBrowser();
  if (executablePath === null) return false;
  await buildWeb();
  const require = createRequire(`${root}/e2e/package.json`);
  const { chromium } = require('@playwright/test') as {
    chromium: { launch(options: object): Promise<Browser> };
  };
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    for (const caller of callers.filter(({ headers }) => headers['cookie'] !== undefined)) {
      const context = await browser.newContext();
      await context.addCookies(cookiesOf(caller).map((cookie) => ({ ...cookie, url })));
      const page = await context.newPage();
      const details = await detailPages(looks, caller);
      for (const place of [...PAGES, ...details]) {
        await page.goto(url + place);
        await page.waitForSelector('h1');
        await sleep(SETTLES_MS);
        const held = await page.evaluate<string>(
          'JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]) + document.documentElement.outerHTML',
        );
        if (held.includes('autocomplete="current-password"'))
          throw new Error(`${caller.name} is not signed in at ${place}`);
        looks.at(`the page ${place} as ${caller.name}`, held);
      }
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return true;
}

/** The page of one resource of each kind that has one. */
async function detailPages(looks: Looks, caller: Caller): Promise<string[]> {
  const { json } = await looks.ask(caller, 'GET', paths.topology());
  const { nodes } = json as { nodes: { kind: string; id: string }[] };
  return Object.entries(DETAILS).map(
    ([kind, page]) => `${page}/${nodes.find((node) => node.kind === kind)?.id ?? ''}`,
  );
}

function cookiesOf({ headers }: Caller): { name: string; value: string }[] {
  return (headers['cookie'] ?? '').split('; ').map((cookie) => {
    const at = cookie.indexOf('=');
    return { name: cookie.slice(0, at), value: cookie.slice(at + 1) };
  });
}
