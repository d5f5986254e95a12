import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../lib/processes.ts';
import { withEnd } from './count.ts';
import type { Count } from './count.ts';
import { bin, run } from './run.ts';

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
};

export async function unitTests(scratch: string): Promise<Count> {
  const file = path.join(scratch, 'vitest.json');
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await run(bin('vitest'), ['run', ...reporters]);
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  return withEnd(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
      remarks: report.testResults.flatMap(failuresOf),
    },
    ok,
    'Vitest',
  );
}

function failuresOf({ name, status, message, assertionResults }: VitestReport['testResults'][number]) {
  const place = path.relative(root, name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [`${place}: ${firstLine(message)}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${place} › ${fullName}: ${firstLine(failureMessages[0])}`,
  );
}

const firstLine = (text = ''): string => text.split('\n', 1)[0] ?? '';
