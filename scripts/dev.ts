// `npm run dev`: simulator, a server that restarts on change, and Vite with hot reload.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { freePort, root, startSimulator, stop } from './lib/processes.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-dev-'));
const started: ChildProcess[] = [];

function run(args: string[], cwd: string, env: Record<string, string>): void {
  started.push(spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' }));
}

let stopping = false;
async function stopAll(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all(started.map((child) => stop(child, 5000)));
  rmSync(scratch, { recursive: true, force: true });
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopAll());

const { child, env } = await startSimulator(process.argv.slice(2), path.join(scratch, 'upstreams.env'));
started.push(child);
const port = await freePort(8080);
const dataDir = path.join(root, '.data', 'dev');
mkdirSync(dataDir, { recursive: true });
const notice = 'Simulated upstreams: nothing here is real, nothing can break.';
run(['--watch', '--disable-warning=ExperimentalWarning', 'server/src/main.ts'], root, {
  ...env,
  NOTICE: notice,
  DATA_DIR: dataDir,
  PORT: String(port),
  DRAIN_SECONDS: '0',
});
run([path.join(root, 'web/node_modules/vite/bin/vite.js')], path.join(root, 'web'), {
  BFF_URL: `http://localhost:${port}`,
});
console.log(
  `Accounts: ${env['SIM_VPN_USER']} (admin), ${env['SIM_OPERATOR']} (operator), ${env['SIM_VIEWER']} (viewer)`,
);
