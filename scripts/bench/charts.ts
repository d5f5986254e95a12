/// <reference lib="dom" />

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { launchBrowser } from './topology-page.ts';
import type { Page } from './topology-page.ts';

type Chart = 'uplot' | 'recharts';
type Case = { chart: Chart; series: number; points: number; goalMs?: number };

const web = fileURLToPath(new URL('../../web', import.meta.url));
const viewport = { width: 1440, height: 900 };
const TICKS = 15;
const CASES: Case[] = [
  { chart: 'uplot', series: 20, points: 5_000, goalMs: 25 },
  { chart: 'recharts', series: 20, points: 5_000 },
  { chart: 'uplot', series: 20, points: 500, goalMs: 25 },
  { chart: 'recharts', series: 20, points: 500 },
  { chart: 'uplot', series: 1, points: 500, goalMs: 25 },
  { chart: 'recharts', series: 1, points: 500 },
];

/**
 * Measures the charts of telemetry in headless Chromium: the first picture, and a tick, which is a new answer moved by
 * one point, from the beginning of its frame to the end of its paint.
 */
export async function run(): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'bench-charts-'));
  try {
    await build(out);
    await measureAll(out);
  } finally {
    await rm(out, { recursive: true });
  }
}

async function measureAll(out: string): Promise<void> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(out, path)).then(
      (body) => response.setHeader('content-type', types[extname(path)] ?? 'text/html').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const browser = await launchBrowser();
  try {
    console.log(`one chart, ${viewport.width}×${viewport.height}, ticks: median of ${TICKS}`);
    for (const each of CASES) {
      const page = await browser.newPage({ viewport });
      // A server listening on a TCP port has an address with that port.
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/bench/charts.html`);
      await page.waitForFunction(() => 'bench' in window);
      print(each, await measure(page, each));
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

async function measure(page: Page, { chart, series, points }: Case) {
  type Measured = { first: number; ticks: number[] };
  // What is evaluated in the page sees only what its text holds.
  const script = `(async () => {
    const first = await bench.first(${JSON.stringify(chart)}, ${series}, ${points});
    const ticks = [];
    for (let tick = 1; tick <= ${TICKS}; tick += 1) ticks.push(await bench.tick(tick));
    return { first, ticks };
  })()`;
  return page.evaluate<Measured>(script);
}

function print(
  { chart, series, points, goalMs }: Case,
  { first, ticks }: { first: number; ticks: number[] },
) {
  const median = ticks.toSorted((a, b) => a - b)[Math.floor(ticks.length / 2)] ?? Number.NaN;
  const verdict =
    goalMs === undefined ? '' : `   ${median <= goalMs ? 'meets' : 'MISSES'} the goal of at most ${goalMs}`;
  const figures = `first ${first.toFixed(0).padStart(5)} ms, a tick ${median.toFixed(1).padStart(6)} ms`;
  console.log(`${chart.padEnd(9)} ${series} × ${points}`.padEnd(24) + figures + verdict);
}

/** As the product is built, so that what is measured is what is shipped. */
async function build(out: string): Promise<void> {
  const require = createRequire(join(web, 'package.json'));
  const vite = (await import(pathToFileURL(require.resolve('vite')).href)) as {
    build(options: object): Promise<unknown>;
  };
  await vite.build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    logLevel: 'warn',
    build: {
      outDir: out,
      emptyOutDir: true,
      rolldownOptions: { input: join(web, 'bench/charts.html') },
    },
  });
}
