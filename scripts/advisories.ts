// `npm run advisories`: what is known against the installed packages. Exit codes: 0 nothing, 1 something, 3 nobody could tell.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

import { readAudit } from './lib/audit-answer.ts';
import { root } from './lib/processes.ts';

const PNPM = 'pnpm@12.21.0';
const WITHIN_MS = 120_000;

const { values } = parseArgs({ options: { prod: { type: 'boolean', default: false } } });
const flags = ['audit', '--json', ...(values.prod ? ['--prod'] : [])];
const child = spawn('npx', ['--yes', PNPM, ...flags], { cwd: root, timeout: WITHIN_MS });
const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
const answer = readAudit(out, err);

if (answer.kind === 'unknown') {
  console.log(`The package registry could not tell: ${answer.why}`);
  console.log('That is not an all-clear. Run this again where the registry answers audits.');
  console.log('\n0 advisories known, the registry did not answer');
  process.exit(3);
}
for (const { severity, module, title, patched, url } of answer.advisories)
  console.log(`${severity.padEnd(9)} ${module}: ${title}\n          mended in ${patched} · ${url}`);
console.log(`\n${answer.advisories.length} advisories for what is installed`);
process.exit(answer.advisories.length > 0 ? 1 : 0);
