import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it, onTestFinished, vi } from 'vitest';

import { listen } from './listen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const published = path.join(root, '../shared/specs/cycle-stackspec.schema.json');

it.skipIf(!existsSync(published))('is a stack file as Cycle’s schema has it', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: false });
  const isStack = ajv.compile(JSON.parse(readFileSync(published, 'utf8')) as object);
  isStack(JSON.parse(read('deploy/cycle.json')));
  expect(isStack.errors).toBeNull();
});

it('builds its image of files there are, with labels, a stop signal and a health check', () => {
  const dockerfile = read('Dockerfile');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  );
  expect(copied).toContain('server/src');
  expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  const [, image = ''] = dockerfile.split(/^FROM node:24-slim$/m);
  for (const line of [/^LABEL .*image\.title=/m, /^STOPSIGNAL SIGTERM$/m, /^HEALTHCHECK /m, /^USER node$/m])
    expect(image).toMatch(line);
});

it('names only files that are in the image, or beside the simulator', () => {
  const named = ['deploy/cycle.json', 'deploy/compose.yaml', 'Dockerfile'].flatMap((file) =>
    [...read(file).matchAll(/server\/[\w./-]+\.ts/g)].map(([each]) => each),
  );
  expect(named).toEqual(expect.arrayContaining(['server/src/backup.ts', 'server/simulator/src/cli.ts']));
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

it('has what it takes to start in an image without its tests', async () => {
  const image = mkdtempSync(path.join(tmpdir(), 'cyclorama-image-'));
  onTestFinished(() => rmSync(image, { recursive: true, force: true }));
  const isLeftOut = leftOut(read('.dockerignore'));
  for (const folder of ['shared', 'server']) {
    cpSync(path.join(root, folder, 'src'), path.join(image, folder, 'src'), {
      recursive: true,
      filter: (file) => !isLeftOut(path.relative(root, file)),
    });
    cpSync(path.join(root, folder, 'package.json'), path.join(image, folder, 'package.json'));
    symlinkSync(path.join(root, folder, 'node_modules'), path.join(image, folder, 'node_modules'));
  }
  expect(existsSync(path.join(image, 'server/src/testing'))).toBe(false);
  expect(existsSync(path.join(image, 'server/src/deploy.test.ts'))).toBe(false);
  const taken = createServer();
  onTestFinished(() => void taken.close());
  const { port } = await listen(taken, 0, '127.0.0.1');
  // The port is opened once everything has been loaded.
  const started = await node(
    ['server/src/main.ts'],
    { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: path.join(image, 'data') },
    image,
  );
  expect(started.stderr).toContain(`PORT: ${port} is taken`);
  const collector = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: image,
    env: {
      CYCLORAMA_ROLE: 'collector',
      COLLECT_TO: 'http://127.0.0.1:1',
      COLLECT_SECRET: 'a secret of this test that is long enough',
      CYCLE_API_TOKEN: 'none',
      CYCLE_API_SOCKET: path.join(image, 'none.sock'),
      DATA_DIR: path.join(image, 'data'),
    },
  });
  onTestFinished(() => void collector.kill('SIGKILL'));
  let said = '';
  for (const stream of [collector.stdout, collector.stderr])
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  await vi.waitFor(() => expect(said).toContain('Cycle’s internal API does not answer'), 60_000);
  expect(residentMb(collector.pid)).toBeLessThanOrEqual(60);
}, 150_000);

it('checks its health without more than Node', async () => {
  let isReady = true;
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/healthz' || isReady ? 200 : 503).end('{}');
  });
  onTestFinished(() => void server.close());
  const { port } = await listen(server, 0, '127.0.0.1');
  const check = async (at: string) =>
    (await node(['server/src/health-check.ts', at], { PORT: String(port) })).code;
  expect(await check('/readyz')).toBe(0);
  isReady = false;
  expect(await check('/readyz')).toBe(1);
  expect(await check('/healthz')).toBe(0);
  server.close();
  server.closeAllConnections();
  expect(await check('/healthz')).toBe(1);
});

/** 0 where the system does not tell. */
/** Without what some kernels map of Node's own file two megabytes at a time, touched or not. */
function residentMb(pid: number | undefined): number {
  const place = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(place)) return 0;
  const rollup = readFileSync(place, 'utf8');
  const kB = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
  return (kB('Rss') - kB('FilePmdMapped')) / 1024;
}

async function node(args: string[], env: Record<string, string>, cwd = root) {
  const run = promisify(execFile)(process.execPath, args, { cwd, env });
  return run.then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, stderr: error.stderr }),
  );
}

/** By the patterns of the file that begin with two stars: the rest of it names what no image copies. */
function leftOut(patterns: string): (file: string) => boolean {
  const ends = patterns
    .split('\n')
    .filter((line) => line.startsWith('**/'))
    .map(
      (line) => new RegExp(`(?:^|/)${line.slice(3).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(?:/|$)`),
    );
  return (file) => ends.some((end) => end.test(file));
}
