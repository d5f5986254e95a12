// Runs a script of this repository under Node 24, with everything installed, from any Node >= 18.
// Plain JavaScript without dependencies: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chooseNode } from './lib/choose-node.mjs';

const PNPM = 'pnpm@12.21.0';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
const stamp = path.join(root, 'node_modules', '.cyclorama-installed');
const endWithParent = new URL('lib/end-with-parent.mjs', import.meta.url).href;

let child;
// Ctrl-C reaches the child through the terminal; a signal sent to this process alone is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child?.kill(signal));
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child?.kill('SIGINT');
});
// Started by hand, as with nohup, it may outlive its shell; started by npm it ends with npm.
if (process.env.npm_lifecycle_event) await import(endWithParent);

/** Resolves with the exit code; after a signal, with 128 plus its number, as in a shell. */
function run(file, args, options) {
  return new Promise((resolve) => {
    child = spawn(file, args, { cwd: root, ...options });
    child.on('error', (error) => {
      console.error(`${file} could not be started (${error.code}).`);
      resolve(1);
    });
    child.on('exit', (code, signal) =>
      resolve(code ?? { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal] ?? 1),
    );
  });
}

function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

/** Part of the key because native packages depend on the Node version. */
function stampFor(version) {
  const hash = createHash('sha256');
  for (const file of manifests) hash.update(readFileSync(path.join(root, file)));
  return `${hash.digest('hex')} node ${version} ${process.platform}-${process.arch}`;
}

async function install(version, node) {
  const wanted = stampFor(version);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing what Cyclorama needs (first time, or something changed) …');
  const pnpm = async (args, env) => {
    const code = await run('npx', ['--yes', PNPM, ...args, '--reporter=append-only', '--loglevel=error'], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
      env: { ...env, CI: 'true', npm_config_loglevel: 'error' },
    });
    if (code !== 0)
      fail('The installation failed; nothing was started. Is the npm registry reachable?', code);
  };
  // pnpm skips optional packages whose `engines` the Node version given to it does not meet.
  const flags = ['--frozen-lockfile', '--ignore-scripts', `--config.node-version=${version}`];
  await pnpm(['install', ...flags], process.env);
  await pnpm(['rebuild'], under(node));
  writeFileSync(stamp, wanted);
}

const under = (node) => ({
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
});

const [script, ...rest] = process.argv.slice(2);
if (!script) fail('usage: node scripts/bootstrap.mjs <script> [arguments]', 2);
const { optionalDependencies: packages } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const choice = chooseNode({
  version: process.versions.node,
  platform: process.platform,
  arch: process.arch,
  packages,
});
if (choice.refusal) fail(choice.refusal);
const node = choice.own
  ? process.execPath
  : path.join(root, 'node_modules', choice.packageName, 'bin', 'node');
await install(choice.version, node);
// The `--` keeps Node from taking a script's own --env-file for its option.
const flags = ['--disable-warning=ExperimentalWarning', '--import', endWithParent, '--'];
process.exit(
  await run(node, [...flags, path.join(root, script), ...rest], { stdio: 'inherit', env: under(node) }),
);
