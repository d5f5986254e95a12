import { readFileSync } from 'node:fs';
import path from 'node:path';

import { browserAdvice, findBrowser } from '../lib/browser.ts';
import { root } from '../lib/processes.ts';
import { withEnd } from './count.ts';
import type { Count } from './count.ts';
import { run } from './run.ts';

type Suite = {
  suites?: Suite[];
  specs: { title: string; file: string; line: number; tests: { status: string }[] }[];
};
type PlaywrightReport = {
  suites: Suite[];
  stats: { expected: number; unexpected: number; skipped: number; flaky: number };
};

const words: Record<string, string> = { unexpected: 'failed', flaky: 'passed only on retry' };

/** Runs the Playwright specs; without a Chromium they are skipped, except in CI. */
export async function endToEnd(scratch: string): Promise<Count> {
  const browser = findBrowser();
  if (!browser) {
    const failed = process.env['CI'] ? 1 : 0;
    return { passed: 0, failed, skipped: 1, remarks: [browserAdvice] };
  }
  const file = path.join(scratch, 'playwright.json');
  const cli = path.join(root, 'e2e/node_modules/@playwright/test/cli.js');
  const config = path.join(root, 'e2e/playwright.config.ts');
  const reporter = process.env['CI'] ? 'dot,json' : 'line,json';
  const env = { CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const ok = await run(process.execPath, [cli, 'test', '--config', config, `--reporter=${reporter}`], env);
  const { stats, suites } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  return withEnd(
    {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      remarks: suites.flatMap(remarksOf),
    },
    ok,
    'Playwright',
  );
}

function remarksOf({ suites = [], specs }: Suite): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests.flatMap(({ status }) => {
      const word = words[status];
      return word === undefined ? [] : [`${file}:${line} › ${title}: ${word}`];
    }),
  );
  return [...own, ...suites.flatMap(remarksOf)];
}
