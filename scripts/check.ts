// `npm test` and `npm run check`: everything CI runs, in one order, with one count at the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { browserAdvice, findBrowser } from './lib/browser.ts';
import { buildWeb } from './lib/build.ts';
import { root } from './lib/processes.ts';
import { firstLoadSize } from './lib/size.ts';

const FIRST_LOAD_LIMIT_KB = 150;
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);
const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-check-'));

type Count = { passed: number; failed: number; skipped: number };
type Step = { name: string; run(): Promise<Count> };

/** Runs a command; its output is shown as it comes. True when it ended with 0. */
async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

const one = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
const command = (name: string, file: string, args: string[]): Step => ({
  name,
  run: async () => one(await run(file, args)),
});

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
};

async function vitest(): Promise<Count> {
  const report = path.join(scratch, 'vitest.json');
  const ok = await run(bin('vitest'), [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const result = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  const failed = result.numFailedTests + (!ok && result.numFailedTests === 0 ? 1 : 0);
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests };
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; skipped: number; flaky: number } };

async function endToEnd(): Promise<Count> {
  const browser = findBrowser();
  if (!browser) {
    console.log(browserAdvice);
    return { passed: 0, failed: process.env['CI'] ? 1 : 0, skipped: 1 };
  }
  const report = path.join(scratch, 'playwright.json');
  const cli = path.join(root, 'e2e/node_modules/@playwright/test/cli.js');
  const config = path.join(root, 'e2e/playwright.config.ts');
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const ok = await run(process.execPath, [cli, 'test', '--config', config, '--reporter=line,json'], env);
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport;
  const failed = stats.unexpected + (!ok && stats.unexpected === 0 ? 1 : 0);
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

/** A run of a proof in a process of its own: only what fails is shown, and its checks count as they are. */
async function proof(script: string, ...flags: string[]): Promise<Count> {
  const args = ['--disable-warning=ExperimentalWarning', '--', script, ...flags];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  for (const line of output.split('\n')) if (!line.startsWith('✓') && line !== '') console.log(line);
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  const counted: Count = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0 };
  return code === 0 || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

async function firstLoad(): Promise<Count> {
  const { kB, files } = firstLoadSize();
  console.log(`first route: ${kB.toFixed(1)} kB of JavaScript, gzipped (limit ${FIRST_LOAD_LIMIT_KB})`);
  if (kB <= FIRST_LOAD_LIMIT_KB) return one(true);
  for (const file of files) console.log(`  ${file.kB.toFixed(1).padStart(7)}  ${file.file}`);
  return one(false);
}

/** The moments that are hardest to survive, in both behaviours of rerobots; the rest is for `npm run crash`. */
const fewBookingScenes = ['handed over', 'held back', 'batch'].flatMap((words) => ['--scene', words]);
const packages = ['.', 'shared', 'server', 'server/simulator', 'web', 'e2e'];
const steps: Step[] = [
  command('format', bin('oxfmt'), ['--check', '.']),
  command('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
  ...packages.map((place) => command(`types of ${place}`, bin('tsc'), ['-p', place])),
  command('dead code', bin('knip'), []),
  { name: 'unit and integration tests', run: vitest },
  { name: 'crash: claims', run: () => proof('scripts/crash/main.ts', 'claims') },
  { name: 'crash: bookings', run: () => proof('scripts/crash/main.ts', 'bookings', ...fewBookingScenes) },
  { name: 'race', run: () => proof('scripts/race/main.ts', '--users', '12') },
  {
    name: 'build',
    run: async () => {
      buildWeb({ force: true });
      return one(true);
    },
  },
  { name: 'first load', run: firstLoad },
  { name: 'end-to-end tests', run: endToEnd },
];

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const only = process.argv.slice(2);
for (const step of steps.filter(
  ({ name }) => only.length === 0 || only.some((word) => name.includes(word)),
)) {
  console.log(`\n▸ ${step.name}`);
  const begun = performance.now();
  const count = await step.run().catch((error: unknown) => {
    console.error(error);
    return one(false);
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${count.failed > 0 ? '✗' : '✓'} ${step.name} (${seconds} s)`);
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
}
rmSync(scratch, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
