import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { openStore } from '../server/src/store/database.ts';
import { postgresBinaries, startPostgres } from '../server/src/testing/postgres.fixture.ts';
import { root } from './lib/processes.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const documents = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

type Shown = { document: string; command: string };

/** Commands of shell blocks, without what follows a # after a space; lines that end in \ are put together. */
const shown: Shown[] = documents.flatMap((document) =>
  [...read(document).matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
      .filter((command) => command !== '')
      .map((command) => ({ document, command })),
  ),
);

/** Run below, with a file, folder or database of this test in the place of the one that is named. */
const run = [
  'npm run backup',
  'npm run backup -- --to FILE',
  'npm run restore -- --from FILE',
  'npm run move -- --to postgres://cyclorama@db.example/cyclorama',
  'npm run move -- --to DIR',
];

/** Why the others are only looked at. */
const notRun: [document: string, begin: RegExp, reason: string][] = [
  ['README.md', /^npm (start|test)$/, 'go on until they are stopped, or run this test'],
  ['docs/CONTRIBUTING.md', /^export PATH=/, 'changes the shell it is typed in'],
  ['docs/crash.md', /^npm run crash -- /, 'takes minutes; a round of each is a step of npm test'],
  ['docs/operations.md', /^docker /, 'needs a Docker daemon'],
  ['docs/scripting.md', /./, 'needs a claimable instance; e2e/specs and the API document have its calls'],
  ['docs/simulator.md', /./, 'needs a simulator that goes on; its control port has tests of its own'],
];

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe('the commands that README and docs show', () => {
  it('are run here, or it is said why not', () => {
    const unaccounted = shown.filter(
      ({ document, command }) =>
        !run.includes(command) && !notRun.some(([where, begin]) => where === document && begin.test(command)),
    );
    expect(unaccounted).toEqual([]);
    expect(run.filter((command) => !shown.some((each) => each.command === command))).toEqual([]);
    const idle = notRun.filter(
      ([where, begin]) => !shown.some((each) => each.document === where && begin.test(each.command)),
    );
    expect(idle).toEqual([]);
  });

  it('name scripts there are, and flags those know', () => {
    const wrong = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run ([\w:-]+)((?: (?!#)[^`|\n]*)?)/g)].flatMap(
        ([text, name = '', rest = '']) => {
          const script = scripts[name];
          if (script === undefined) return [`${document}: ${text}`];
          const source = sourceOf(script);
          const flags = [...rest.matchAll(/--([a-z][a-z-]+)/g)].map(([, flag = '']) => flag);
          return flags
            .filter((flag) => !source.includes(flag))
            .map((flag) => `${document}: ${name} has no --${flag}`);
        },
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('name files there are', () => {
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/node (server\/[\w./-]+\.ts)/g)].map(([, file = '']) => file),
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

/** Of a script, and of what lies in its folder where that is its own. */
function sourceOf(script: string): string {
  const file = script.split(' ').findLast((word) => /\.(ts|mjs)$/.test(word));
  if (file === undefined) return script;
  if (path.basename(file) !== 'main.ts' && path.basename(file) !== 'cli.ts') return read(file);
  const folder = path.dirname(file);
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(`${folder}/${name}`))
    .join('\n');
}

const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function typed(command: string, env: Record<string, string>): Promise<{ code: number; output: string }> {
  const [file = '', ...args] = command.split(' ');
  return new Promise((resolve) => {
    const own = { SESSION_SECRET: 's'.repeat(32), ...env };
    execFile(file, args, { cwd: root, env: { ...process.env, ...own } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

const binaries = postgresBinaries();

describe.skipIf(binaries === null)('backup, restore and move, as typed', () => {
  it('do what they are shown for', async () => {
    const postgres = await startPostgres(binaries ?? '');
    try {
      const dataDir = path.join(scratch, 'data');
      await (await openStore({ dataDir }, { warn: () => undefined })).close();
      const from = { DATA_DIR: dataDir };
      const file = path.join(scratch, 'backup.sqlite');
      const said: Record<string, { code: number; output: string }> = {};
      const type = async (command: string, place: string, env: Record<string, string>) => {
        expect(run).toContain(command);
        said[command] = await typed(command.replace(/FILE|DIR|postgres:.*/, place), env);
      };
      await type('npm run backup', '', from);
      await type('npm run backup -- --to FILE', file, from);
      await type('npm run restore -- --from FILE', file, { DATA_DIR: path.join(scratch, 'restored') });
      await type('npm run move -- --to postgres://cyclorama@db.example/cyclorama', postgres.url, from);
      const back = path.join(scratch, 'back');
      await type('npm run move -- --to DIR', back, { DATABASE_URL: postgres.url });
      expect(Object.keys(said)).toEqual(run);
      for (const [command, { code, output }] of Object.entries(said))
        expect([command, code, output]).toEqual([command, 0, expect.stringMatching(/\d+ tables, \d+ rows/)]);
      expect(readdirSync(path.join(dataDir, 'backups'))).toHaveLength(1);
      const held = await typed('npm run audit:verify', { DATA_DIR: back });
      expect([held.code, held.output]).toEqual([0, expect.stringContaining('0 failed')]);
    } finally {
      await postgres.stop();
    }
  }, 240_000);
});
