// `npm run bench -- footprint`: what the first page puts on the wire, start-up times of the
// server and its memory, with few and with many instances.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { buildWeb } from '../lib/build.ts';
import { measureFirstLoad } from '../lib/first-load.ts';
import { answers, freePort, startNode, startSimulator, stop, waitFor } from '../lib/processes.ts';

const SETTLE_MS = 30_000;

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kB = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
  return { now: (kB('VmRSS') * 1024) / 1e6, peak: (kB('VmHWM') * 1024) / 1e6 };
}

async function measure(scenario: string): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-bench-'));
  const simulator = await startSimulator(['--scenario', scenario], path.join(scratch, 'upstreams.env'));
  const port = await freePort(23_000);
  const begun = performance.now();
  const server = startNode(
    'server/src/main.ts',
    [],
    { ...simulator.env, PORT: String(port), DATA_DIR: scratch, LOG_LEVEL: 'error' },
    'server',
  );
  try {
    await waitFor('the server', () => answers(`http://127.0.0.1:${port}/readyz`), server);
    const readyMs = performance.now() - begun;
    await sleep(SETTLE_MS);
    const { now, peak } = memoryOf(server.pid ?? 0);
    console.log(
      `${scenario.padEnd(14)} ready after ${readyMs.toFixed(0)} ms; after ${SETTLE_MS / 1000} s: ` +
        `${now.toFixed(0)} MB resident, ${peak.toFixed(0)} MB at most`,
    );
  } finally {
    await stop(server);
    await stop(simulator.child);
    rmSync(scratch, { recursive: true, force: true });
  }
}

export async function run(args: string[]): Promise<void> {
  const scenarios = args.length > 0 ? args : ['healthy', 'ten-thousand'];
  await buildWeb();
  const { js, css } = await measureFirstLoad();
  console.log(
    `first page     ${js.kB.toFixed(1)} kB of JavaScript and ${css.kB.toFixed(1)} kB of styles on the wire`,
  );
  for (const scenario of scenarios) await measure(scenario);
}
