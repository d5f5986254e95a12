// `npm test` and `npm run check`: everything CI runs; ends with what failed and one count.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { postgresBinaries } from '../../server/src/testing/postgres.fixture.ts';
import { buildWeb } from '../lib/build.ts';
import { one } from './count.ts';
import type { Count, Step } from './count.ts';
import { endToEnd } from './end-to-end.ts';
import { firstLoad } from './first-load.ts';
import { proof } from './proof.ts';
import { bin, command } from './run.ts';
import { unitTests } from './unit.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-check-'));
/** Servers and simulators are started a hundred times: only the first compiles their modules. */
process.env['NODE_COMPILE_CACHE'] ??= path.join(scratch, 'compiled');
const packages = ['.', 'shared', 'server', 'server/simulator', 'web', 'e2e'];
/** The hardest scenes, in both rerobots profiles; `npm run crash` plays all. */
const fewBookingScenes = ['handed over', 'held back', 'batch', 'carries out late'].flatMap((words) => [
  '--scene',
  words,
]);

const main: Step[] = [
  command('format', bin('oxfmt'), ['--check', '.']),
  command('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
  ...packages.map((place) => command(`types of ${place}`, bin('tsc'), ['-p', place])),
  command('dead code', bin('knip'), []),
  { name: 'unit and integration tests', run: () => unitTests(scratch) },
  {
    name: 'build',
    run: async () => {
      await buildWeb({ force: true });
      return one(true, '');
    },
  },
  { name: 'first load', run: firstLoad },
  command('secrets scan', process.execPath, [
    '--disable-warning=ExperimentalWarning',
    'scripts/secrets-scan.ts',
  ]),
  { name: 'end-to-end tests', run: () => endToEnd(scratch) },
];
/** These mostly wait, so they run beside the others; each prints when it is over. */
const beside: Step[] = [
  { name: 'crash: claims', run: () => proof('scripts/crash/main.ts', 'claims') },
  { name: 'crash: bookings', run: () => proof('scripts/crash/main.ts', 'bookings', ...fewBookingScenes) },
  { name: 'crash: store', run: () => proof('scripts/crash/main.ts', 'store') },
  ...(postgresBinaries() === null
    ? []
    : [
        {
          name: 'crash: store on PostgreSQL',
          run: () => proof('scripts/crash/main.ts', 'store', '--store', 'postgres'),
        },
      ]),
  { name: 'race', run: () => proof('scripts/race/main.ts', '--users', '12') },
  command('canaries', process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--',
    'scripts/canaries/main.ts',
    '--short',
  ]),
  command('fuzz', process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--',
    'scripts/fuzz/main.ts',
    '--requests',
    '1200',
  ]),
  command('operations', process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--',
    'scripts/operations/main.ts',
  ]),
];

const total: Count = { passed: 0, failed: 0, skipped: 0, remarks: [] };
const only = process.argv.slice(2);

/** Runs the steps that the command line names, one after another. */
async function play(steps: Step[]): Promise<void> {
  for (const step of steps) {
    const { name } = step;
    if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
    console.log(`\n▸ ${name}`);
    const begun = performance.now();
    const count = await step.run().catch((error: unknown) => one(false, `${name}: ${String(error)}`));
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`\n${count.failed > 0 ? '✗' : '✓'} ${name} (${seconds} s)`);
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
    total.remarks.push(...count.remarks);
  }
}

await Promise.all([play(main), play(beside)]);
// A process that ends late may still write its compiled modules.
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
if (total.remarks.length > 0) console.log(`\n${total.remarks.join('\n')}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
