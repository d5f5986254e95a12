// Runs a script of this repository under Node 24, with everything installed, from any Node >= 18.
// Plain JavaScript without dependencies: it is what runs before anything is there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
/** `crypto.randomUUIDv7` came with it. */
const NODE_LEAST = [24, 16];
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
const stamp = path.join(root, 'node_modules', '.cyclorama-installed');

function installedHash() {
  const hash = createHash('sha256');
  for (const file of manifests) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function install() {
  const wanted = installedHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing what Cyclorama needs (first time, or the lockfile changed) …');
  const args = ['--yes', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'];
  const result = spawnSync('npx', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true', npm_config_loglevel: 'error' },
  });
  if (result.status !== 0) {
    console.error('The installation failed; nothing was started. Is the npm registry reachable?');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = NODE_LEAST;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return process.execPath;
  const shipped = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(shipped)) return shipped;
  console.error(
    `Cyclorama runs on Node ${NODE_LEAST.join('.')} or later. This is ${process.version}, and npm has none ` +
      `for ${process.platform}-${process.arch}: please install it and try again.`,
  );
  process.exit(1);
}

const [script, ...rest] = process.argv.slice(2);
if (!script) {
  console.error('usage: node scripts/bootstrap.mjs <script> [arguments]');
  process.exit(2);
}
install();
const node = findNode();
// The `--` keeps Node from taking a script's own --env-file for its option.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', '--', path.join(root, script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
});
// Ctrl-C reaches the child through the terminal; a signal sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
