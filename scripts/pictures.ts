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
type Context = {
  addCookies(cookies: object[]): Promise<void>;
  newPage(): Promise<Page>;
  setDefaultTimeout(ms: number): void;
};
type Browser = { newContext(options: object): Promise<Context>; close(): Promise<void> };

/** Of the README, by file, and what is waited for: all four servers measured, and in the demo something fails every minute. */
const DOCS = {
  overview: {
    place: '/',
    shows: 'main:has-text("on 4 servers"):not(:has-text("on 1 server")) li [aria-label="Urgent"]',
  },
  topology: { place: '/topology', shows: 'canvas' },
};
const PAGES = [
  '/',
  '/topology',
  '/topology?view=table',
  '/containers',
  '/instances',
  '/environment',
  '/servers',
  '/services',
  '/services/scheduler',
  '/networks',
  '/virtual-machines',
  '/addresses',
  '/variables',
  '/settings',
  '/notifications',
  '/object-cache',
  '/monitoring',
  '/hub',
  '/jobs',
  '/explorer',
  '/difference',
  '/telemetry',
  '/telemetry?environment=true',
  '/functions',
  '/functions?view=claims&state=all',
  '/functions?view=batches',
  '/functions?view=durations',
  '/robots',
  '/robots?view=team',
  '/robots/account',
  '/alerts',
  '/alerts?view=rules',
  '/alerts?view=deliveries',
  '/activity',
  '/activity/batches',
  '/team',
  '/sessions',
  '/passkeys',
  '/access-tokens',
  '/access-tokens/api',
];
const WIDTHS = [1440, 1024, 768, 390];
/** Charts and the picture draw a moment after their data. */
const SETTLES_MS = 1_500;
/** Of a page that is given another width. */
const REFITS_MS = 500;
/** Of a page on a busy machine: one that is late must not end a round of hundreds. */
const PATIENCE_MS = 120_000;

async function main(folder: string | undefined): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(browserAdvice);
  const demo = startNode('scripts/start.ts', ['--seed', '7'], { PORT: '24500' }, 'demo');
  try {
    const { url, admin } = await toldBy(demo);
    const { headers } = await signIn(url, admin);
    const objects = folder === undefined ? [] : await objectsAt(url, headers);
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
      context.setDefaultTimeout(PATIENCE_MS);
      return context.newPage();
    };
    if (folder === undefined) await takeDocs(await pageIn('light'), url);
    else
      for (const theme of ['light', 'dark'] as const)
        await takeAll(await pageIn(theme), url, { folder, theme, places: [...PAGES, ...objects] });
    await browser.close();
  } finally {
    await stop(demo);
  }
}

async function takeDocs(page: Page, url: string): Promise<void> {
  for (const [name, { place, shows }] of Object.entries(DOCS)) {
    await open(page, url + place);
    await page.waitForSelector(shows, { timeout: 120_000 });
    await take(page, { path: path.join(root, 'docs', `${name}.png`) });
  }
}

type Tour = { folder: string; theme: string; places: readonly string[] };

async function takeAll(page: Page, url: string, { folder, theme, places }: Tour): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const place of places) {
    const name = place === '/' ? 'overview' : place.slice(1).replaceAll(/\W+/g, '-');
    await open(page, url + place);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 640 ? 844 : 900 });
      await sleep(REFITS_MS);
      await take(page, { path: path.join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
    }
  }
}

/** Pages of a container, an instance and a robot. */
async function objectsAt(url: string, headers: Record<string, string>): Promise<string[]> {
  type Objects = { nodes?: { kind: string; id: string }[]; deployments?: { id: string }[] };
  const read = async (at: string) => (await (await fetch(url + at, { headers })).json()) as Objects;
  const { nodes = [] } = await read('/api/topology');
  const { deployments = [] } = await read('/api/robots/deployments');
  const idOf = (kind: string) => nodes.find((node) => node.kind === kind)?.id ?? '';
  return [
    `/containers/${idOf('container')}`,
    `/instances/${idOf('instance')}`,
    `/servers/${idOf('server')}`,
    `/networks/${idOf('network')}`,
    `/virtual-machines/${idOf('virtual-machine')}`,
    `/domains/${idOf('domain')}`,
    `/ips/${idOf('ip')}`,
    `/robots/deployments/${deployments[0]?.id ?? ''}`,
  ];
}

async function open(page: Page, url: string): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(url);
  await page.waitForSelector('h1');
  await page.waitForSelector('[data-loading], output[aria-label^="Loading"]', { state: 'detached' });
  await sleep(SETTLES_MS);
}

async function take(page: Page, picture: { path: string; fullPage?: boolean }): Promise<void> {
  await page.screenshot(picture);
  console.log(path.relative(root, picture.path));
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
