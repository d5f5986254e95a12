import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = path.resolve(import.meta.dirname, '..', '..');

/** Arguments that make a Node process end with its parent, however that ends. */
export const nodeFlags = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  new URL('end-with-parent.mjs', import.meta.url).href,
];

/**
 * Starts a Node script of the repository in its own process group, so that Ctrl-C does not reach it. `VERBOSE` shows its
 * standard output.
 */
export function startNode(
  script: string,
  args: string[],
  env: Record<string, string>,
  label: string,
): ChildProcess {
  const child = spawn(process.execPath, [...nodeFlags, '--', path.join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdout?.on(
    'data',
    (chunk: Buffer) => process.env['VERBOSE'] && process.stdout.write(prefixed(label, chunk)),
  );
  child.stderr?.on('data', (chunk: Buffer) => process.stderr.write(prefixed(label, chunk)));
  return child;
}

function prefixed(label: string, chunk: Buffer): string {
  return chunk
    .toString()
    .split('\n')
    .map((line) => (line === '' ? line : `${label} │ ${line}`))
    .join('\n');
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function stop(child: ChildProcess, graceMs = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const gone = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (!gone) {
    child.kill('SIGKILL');
    await ended;
  }
}

/** Waits until `check` is true; throws with `what` after `timeoutMs` or when `child` has ended before. */
export async function waitFor(
  what: string,
  check: () => boolean | Promise<boolean>,
  child?: ChildProcess,
  timeoutMs = 60_000,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (await check()) return;
    if (child && child.exitCode !== null)
      throw new Error(`${what}: the process ended with code ${child.exitCode}`);
    await sleep(50);
  }
  throw new Error(`${what}: not there after ${timeoutMs / 1000} s`);
}

export function readEnvFile(file: string): Record<string, string> {
  const entries = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(entries);
}

export async function startSimulator(args: string[], envFile: string) {
  const child = startNode('server/simulator/src/cli.ts', [...args, '--env-file', envFile], {}, 'simulator');
  await waitFor('the simulator', () => existsSync(envFile), child);
  return { child, env: readEnvFile(envFile) };
}

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}

export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + 99}`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
