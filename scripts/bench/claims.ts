// `npm run bench -- claims`: rounds of claim, spawn and release through the dashboard, compared with a bare client.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { answers, freePort, readEnvFile, root, startNode, stop, waitFor } from '../lib/processes.ts';
import { seeded, shuffled } from '../lib/random.ts';
import { bareSide, dashboardSides } from './claims-clients.ts';
import type { Side } from './claims-clients.ts';

const BLOCKS = 3;
const WARM_UP_ROUNDS = 50;
/** Speed of the simulated world: a stopped instance is idle again in a tenth of a second. */
const WORLD_SPEED = 20;
const POOL_SIZE = 400;

type Result = { side: Side; perSecond: number[]; failures: string[] };
type Options = { rounds: number; concurrency: number; profile: string };

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '1000' },
      concurrency: { type: 'string', default: '16' },
      profile: { type: 'string', default: '' },
    },
  });
  const whole = (flag: string, text: string, most: number) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new Error(`${flag}: expected a whole number from 1 to ${most}, got "${text}"`);
  };
  return {
    rounds: whole('--rounds', values.rounds, 1_000),
    concurrency: whole('--concurrency', values.concurrency, 50),
    profile: values.profile,
  };
}

/** One block of one side, in rounds per second. */
async function play({ side, failures }: Result, rounds: number, concurrency: number): Promise<number> {
  const begun = performance.now();
  failures.push(...(await side.play(rounds, concurrency)));
  return rounds / ((performance.now() - begun) / 1000);
}

/** Plays every side's blocks in turns, each turn in a shuffled order. */
async function measure(sides: Side[], { rounds, concurrency }: Options): Promise<Result[]> {
  const results = sides.map((side): Result => ({ side, perSecond: [], failures: [] }));
  const random = seeded(7);
  for (const result of results) await play(result, WARM_UP_ROUNDS, concurrency);
  for (let block = 0; block < BLOCKS; block += 1) {
    for (const result of shuffled(results, random)) {
      result.perSecond.push(await play(result, rounds, concurrency));
    }
  }
  return results;
}

function print(results: Result[], { rounds, concurrency }: Options): void {
  const bare = median(results[0]?.perSecond ?? []);
  console.log(`${BLOCKS} BLOCKS of ${rounds} rounds a side, ${concurrency} at a time, one shard:`);
  for (const { side, perSecond, failures } of results) {
    const [low, high] = [Math.min(...perSecond), Math.max(...perSecond)];
    const rate = median(perSecond);
    console.log(
      `  ${side.name.padEnd(34)} ${rate.toFixed(0).padStart(5)} rounds/s (${low.toFixed(0)}–${high.toFixed(0)}), ` +
        `${(rate / bare).toFixed(2)} of the bare client's, ${failures.length} failed`,
    );
    for (const failure of new Set(failures.slice(0, 5))) console.log(`    ${failure}`);
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Ledger rows per state, read from the store's file. */
function ledgerCounts(dataDir: string): Record<string, number> {
  type Row = { state: string; count: number };
  type Sqlite = new (file: string, options: object) => { prepare(sql: string): { all(): Row[] } };
  const Sqlite = createRequire(`${root}/server/package.json`)('better-sqlite3') as Sqlite;
  const file = new Sqlite(path.join(dataDir, 'cyclorama.sqlite'), { readonly: true });
  const rows = file.prepare('select state, count(*) as count from claims group by state').all();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/**
 * True where each round has a row, every row has an end that is known and nothing runs at the scheduler. A round whose
 * ten seconds to spawn ran out (half a second at this speed) has failed and is counted as such; it is not lost.
 */
async function printLosses(env: Record<string, string>, dataDir: string, expected: number): Promise<boolean> {
  const counts = ledgerCounts(dataDir);
  const { port } = new URL(env['SCHEDULER_URL'] ?? '');
  const active = await fetch(
    `http://${env['SCHEDULER_ADDRESSES']}:${port}/v1/functions/${env['SIM_FUNCTION_CONTAINER']}/active`,
    { headers: { 'x-cycle-access-key': env['SCHEDULER_ACCESS_KEY'] ?? '' } },
  );
  const running = Object.keys(((await active.json()) as { data: object }).data).length;
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  console.log(
    `  ledger: ${states.join(', ')} of ${expected} rounds; still running at the scheduler: ${running}`,
  );
  // A refused attempt has its own row; its run was retried.
  const { released = 0, refused = 0, expired = 0, ...others } = counts;
  if (refused > 0) console.log(`  ${refused} attempts were refused and retried`);
  return running === 0 && released + expired >= expected && Object.keys(others).length === 0;
}

/** Peak resident memory of a process, in MB (10^6 bytes); read from Linux's /proc. */
function peakMemory(pid: number): number {
  const [, kB] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kB) * 1024) / 1e6;
}

/**
 * Prints rounds per second of each side, the ratio, the server's memory, and whether anything was lost.
 * `--profile` names a folder for the server's CPU profile.
 */
export async function run(args: string[]): Promise<void> {
  const options = readOptions(args);
  const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-bench-'));
  const envFile = path.join(scratch, 'upstreams.env');
  const simulatorArgs = [envFile, String(POOL_SIZE), String(WORLD_SPEED)];
  const simulator = startNode('scripts/bench/claims-simulator.ts', simulatorArgs, {}, 'simulator');
  await waitFor('the simulator', () => existsSync(envFile), simulator);
  const upstreams = readEnvFile(envFile);
  // One shard for both sides.
  const [shard = ''] = (upstreams['SCHEDULER_ADDRESSES'] ?? '').split(',');
  const port = await freePort(23_000);
  const env: Record<string, string> = {
    ...upstreams,
    SCHEDULER_ADDRESSES: shard,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: scratch,
    LOG_LEVEL: 'error',
    ...(options.profile
      ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${path.resolve(options.profile)}` }
      : {}),
  };
  const server = startNode('server/src/main.ts', [], env, 'server');
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitFor('the server', () => answers(`${url}/readyz`), server);
    const bare = bareSide(env, options.concurrency);
    const sides = [bare, ...(await dashboardSides(url, env, options.concurrency))];
    await waitForPool(url, sides.at(-1));
    const results = await measure(sides, options);
    print(results, options);
    console.log(`  the server's memory: ${peakMemory(server.pid ?? 0).toFixed(0)} MB at most`);
    await Promise.all(sides.map((side) => side.close()));
    await stop(server);
    const through = (sides.length - 1) * (BLOCKS * options.rounds + WARM_UP_ROUNDS) + 1;
    const whole = await printLosses(env, scratch, through);
    const failed = results.some(({ failures }) => failures.length > 0);
    console.log(whole ? '  nothing was lost' : '  SOMETHING WAS LOST');
    if (failed) console.log('  rounds have failed: the figures do not count');
    if (!whole || failed) process.exitCode = 1;
  } finally {
    await stop(server);
    await stop(simulator);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Retries one round until the server knows the function container. */
async function waitForPool(url: string, side: Side | undefined): Promise<void> {
  const tryOnce = async () => side !== undefined && (await side.play(1, 1)).length === 0;
  await waitFor(`the function container at ${url}`, tryOnce);
}
