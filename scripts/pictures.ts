// `npm run pictures`: makes the pictures of the README and docs anew, over the demo's world.
// `npm run pictures -- FOLDER`: every page at four widths in both themes, to look at.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { browserAdvice, findBrowser } from './lib/browser.ts';
import { root, startNode, stop } from './lib/processes.ts';
import { signIn } from './lib/signed-in.ts';

type Page = {
  goto(url: string): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  waitForSelector(selector: string, options?: object): Promise<unknown>;
  screenshot(options: object): Promise<unknown>;
};
type Context = { addCookies(cookies: object[]): Promise<void>; newPage(): Promise<Page> };
type Browser = { newContext(options: object): Promise<Context>; close(): Promise<void> };

/** Of the README, by file. */
const DOCS = { overview: '/', topology: '/topology' };
const PAGES = [
  '/',
  '/topology',
  '/topology?view=table',
  '/containers',
  '/instances',
  '/telemetry',
  '/functions',
  '/functions?view=claims&state=all',
  '/functions?view=batches',
  '/functions?view=durations',
  '/robots',
  '/robots?view=team',
  '/robots/account',
  '/activity',
  '/team',
  '/sessions',
  '/passkeys',
  '/access-tokens',
  '/access-tokens/api',
];
const WIDTHS = [1440, 1024, 768, 390];
/** Charts and the picture draw a moment after their data. */
const SETTLES_MS = 1_500;

async function main(folder: string | undefined): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(browserAdvice);
  const demo = startNode('scripts/start.ts', ['--seed', '7'], { PORT: '24500' }, 'demo');
  try {
    const { url, admin } = await toldBy(demo);
    const { headers } = await signIn(url, admin);
    const require = createRequire(`${root}/e2e/package.json`);
    const { chromium } = require('@playwright/test') as {
      chromium: { launch(options: object): Promise<Browser> };
    };
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    const pageIn = async (colorScheme: 'light' | 'dark'): Promise<Page> => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const cookies = (headers['cookie'] ?? '').split('; ').map((cookie) => {
        const at = cookie.indexOf('=');
        return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url };
      });
      await context.addCookies(cookies);
      return context.newPage();
    };
    if (folder === undefined) await takeDocs(await pageIn('light'), url);
    else
      for (const theme of ['light', 'dark'] as const) await takeAll(await pageIn(theme), url, folder, theme);
    await browser.close();
  } finally {
    await stop(demo);
  }
}

async function takeDocs(page: Page, url: string): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const [name, place] of Object.entries(DOCS))
    await take(page, url + place, path.join(root, 'docs', `${name}.png`));
}

async function takeAll(page: Page, url: string, folder: string, theme: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const place of PAGES)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 640 ? 844 : 900 });
      const name = place === '/' ? 'overview' : place.slice(1).replaceAll(/\W+/g, '-');
      await take(page, url + place, path.join(folder, `${name}-${width}-${theme}.png`));
    }
}

async function take(page: Page, url: string, file: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('h1');
  await page.waitForSelector('[data-loading]', { state: 'detached' });
  await sleep(SETTLES_MS);
  await page.screenshot({ path: file });
  console.log(path.relative(root, file));
}

/** What `npm start` prints once the dashboard answers: its address and the demo's accounts. */
async function toldBy({ stdout }: ReturnType<typeof startNode>) {
  let text = '';
  while (!text.includes('Ctrl-C stops it.')) {
    if (stdout === null) throw new Error('the demo prints nothing');
    const [chunk] = (await once(stdout, 'data')) as [Buffer];
    text += chunk.toString();
  }
  const [, url = ''] = /(http:\/\/localhost:\d+)/.exec(text) ?? [];
  const [, username = '', password = ''] = /^ +(\S+) +(\S+) +admin$/m.exec(text) ?? [];
  return { url, admin: { username, password } };
}

await main(process.argv[2]);
