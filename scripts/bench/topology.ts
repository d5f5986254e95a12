import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import type { Topology } from '../../shared/src/topology.ts';
import { seeded } from '../lib/random.ts';
import { makePatch, makeTopology, revertPatch } from './topology-data.ts';
import { movedByUpdate } from './topology-moves.ts';
import {
  firstPicture,
  heapMegabytes,
  lastUpdate,
  launchBrowser,
  panAndZoom,
  pixels,
  typeInPalette,
} from './topology-page.ts';
import type { Browser, Page } from './topology-page.ts';
import { startPageServer } from './topology-server.ts';
import type { PageServer } from './topology-server.ts';

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));
const viewport = { width: 1440, height: 900 };
const ROUNDS = 5;
/** Longer than a changed node stays highlighted. */
const TINT_GONE_MS = 2200;

type Figure = {
  what: string;
  value: number;
  unit: string;
  /** `atMost`: lower is better. */
  goal?: { atMost: number } | { atLeast: number };
};

/**
 * Measures the topology picture of the production build in headless Chromium and prints the figures beside their
 * goals. `--nodes` is the number of instances (default 10,000), `--dist` another build than `web/dist`.
 */
export async function run(args: string[]): Promise<void> {
  const options = {
    nodes: { type: 'string', default: '10000' },
    dist: { type: 'string', default: dist },
  } as const;
  const { values } = parseArgs({ args, options });
  const instances = Number(values.nodes);
  if (!Number.isInteger(instances) || instances < 1)
    throw new Error(`--nodes: expected a whole number above 0, got "${values.nodes}"`);
  const topology = makeTopology({ instances, containers: 120, servers: 40 }, 7);
  const server = await startPageServer(values.dist, topology);
  const browser = await launchBrowser();
  try {
    print(instances, await measure(browser, server, topology));
  } finally {
    await browser.close();
    server.close();
  }
}

async function measure(browser: Browser, server: PageServer, topology: Topology): Promise<Figure[]> {
  const firsts: number[] = [];
  let page = await browser.newPage({ viewport });
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.close();
    page = await browser.newPage({ viewport });
    await page.goto(`${server.origin}/topology`);
    firsts.push(await firstPicture(page));
  }
  await sleep(1000);
  const updates = await measureUpdates(page, server, topology);
  const frames = await panAndZoom(page);
  const mean = frames.reduce((sum, frame) => sum + frame, 0) / frames.length;
  const heap = await heapMegabytes(page);
  const keys = await typeInPalette(page);
  await page.close();
  return [
    {
      what: `first picture after the data, median of ${ROUNDS}`,
      value: quantile(firsts, 0.5),
      unit: 'ms',
      goal: { atMost: 200 },
    },
    { what: 'frames a second, panning and zooming', value: 1000 / mean, unit: 'fps', goal: { atLeast: 55 } },
    { what: 'frame time, p95', value: quantile(frames, 0.95), unit: 'ms', goal: { atMost: 17 } },
    ...updates,
    {
      what: 'moved by unchanged nodes, 100 changed, 10 new, 10 gone',
      value: movedByUpdate(topology, seeded(11)),
      unit: 'px',
      goal: { atMost: 0 },
    },
    {
      what: 'a key in the palette, typed to shown, p95',
      value: quantile(keys, 0.95),
      unit: 'ms',
      goal: { atMost: 50 },
    },
    { what: 'JavaScript heap', value: heap, unit: 'MB' },
  ];
}

/** Pushes 100 changes and undoes them; the picture must then be identical to the pixel. */
async function measureUpdates(page: Page, server: PageServer, topology: Topology): Promise<Figure[]> {
  const random = seeded(3);
  const before = await pixels(page);
  const times: number[] = [];
  let revision = topology.revision;
  for (let round = 0; round < ROUNDS; round += 1) {
    const patch = makePatch(topology, revision, 100, random);
    for (const step of [patch, revertPatch(topology, patch)]) {
      times.push(await timeUpdate(page, () => server.push({ type: 'topology', patch: step })));
      revision = step.revision;
    }
  }
  await sleep(TINT_GONE_MS);
  const after = await pixels(page);
  const differing = after.filter((pixel, index) => pixel !== before[index]).length;
  return [
    { what: '100-node update, pushed to drawn, median', value: quantile(times, 0.5), unit: 'ms' },
    { what: 'pixels that differ after it is undone', value: differing, unit: 'px', goal: { atMost: 0 } },
  ];
}

async function timeUpdate(page: Page, push: () => void): Promise<number> {
  const last = await lastUpdate(page);
  const start = performance.timeOrigin + performance.now();
  push();
  for (;;) {
    const drawn = await lastUpdate(page);
    if (drawn > last) return drawn - start;
    if (performance.timeOrigin + performance.now() - start > 10_000)
      throw new Error('the page did not draw the update within 10 s');
    await sleep(20);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function print(instances: number, figures: readonly Figure[]): void {
  console.log(
    `topology, ${instances} instances, 120 containers, 40 servers, ${viewport.width}×${viewport.height}`,
  );
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load > cores * 1.5)
    console.log(
      `The machine is busy (load ${load.toFixed(1)} on ${cores} cores): times are worse than they would be.`,
    );
  for (const { what, value, unit, goal } of figures) {
    const figure = `${value.toFixed(1)} ${unit}`.padStart(12);
    console.log(`${what.padEnd(58)}${figure}   ${goal === undefined ? '' : verdict(value, goal)}`);
  }
}

function verdict(value: number, goal: NonNullable<Figure['goal']>): string {
  // Half a unit of slack: timers in the browser are rounded.
  if ('atMost' in goal)
    return `${value <= goal.atMost + 0.5 ? 'meets' : 'MISSES'} the goal of at most ${goal.atMost}`;
  return `${value >= goal.atLeast - 0.5 ? 'meets' : 'MISSES'} the goal of at least ${goal.atLeast}`;
}
