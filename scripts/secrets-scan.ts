// `npm run secrets-scan [-- --history]`: keys, tokens and passwords in the tree, the built page and, if asked, in every
// commit. Exit codes: 0 nothing, 1 something. Known test values are in scripts/secrets-scan.allowed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { root } from './lib/processes.ts';
import { secretsIn } from './lib/secret-rules.ts';

const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;
const UNREAD = /\.(png|ico|woff2?|br|gz|lock)$|pnpm-lock\.yaml$/;

const { values } = parseArgs({ options: { history: { type: 'boolean', default: false } } });
const allowed = new Set(
  readFileSync(path.join(root, 'scripts/secrets-scan.allowed'), 'utf8')
    .split('\n')
    .map((line) => line.split('#', 1)[0]?.trim() ?? '')
    .filter((line) => line !== ''),
);
const count = { files: 0, commits: 0, found: 0 };

function look(place: string, text: string): void {
  for (const { rule, line, begins, print } of secretsIn(text)) {
    if (allowed.has(print)) continue;
    count.found += 1;
    console.log(`${place}:${line}: ${rule} (${begins}…, ${print})`);
  }
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout;
}

function lookInFiles(files: string[]): void {
  for (const file of files) {
    if (UNREAD.test(file) || !existsSync(path.join(root, file))) continue;
    const bytes = readFileSync(path.join(root, file));
    if (bytes.length > MAX_FILE_BYTES || bytes.includes(0)) continue;
    count.files += 1;
    look(file, bytes.toString('utf8'));
  }
}

/** Of an archive without its history. */
function unpacked(): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist|\.data)\//.test(file));
}

lookInFiles(
  existsSync(path.join(root, '.git')) ? git('ls-files', '-z').split('\0').filter(Boolean) : unpacked(),
);
const dist = path.join(root, 'web/dist');
if (existsSync(dist)) {
  const built = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  lookInFiles(built.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))));
} else console.log('The page is not built, so its bundle was not looked at: run "npm run build" first.');

if (values.history) {
  for (const commit of git('rev-list', '--all').split('\n').filter(Boolean)) {
    count.commits += 1;
    const added = git(
      'show',
      '--format=%B',
      '--unified=0',
      '--no-ext-diff',
      commit,
      '--',
      '.',
      ':!pnpm-lock.yaml',
    )
      .split('\n')
      .map((line) => (line.startsWith('-') ? '' : line.replace(/^\+/, '')))
      .join('\n');
    look(`commit ${commit.slice(0, 10)}`, added);
  }
}
console.log(`\n${count.files} files, ${count.commits} commits, ${count.found} found`);
process.exit(count.found > 0 ? 1 : 0);
