import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-main-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
  });
  running.push(child);
  let output = '';
  const read = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exited = new Promise<number | null>((resolve) => void child.on('exit', resolve));
  const port = async (): Promise<string> => {
    for (;;) {
      const found = /"port":(\d+)/.exec(output)?.[1];
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, exited, output: () => output, port };
}

describe('the server as a process', () => {
  it('starts with nothing configured, keeps its secret to itself, and goes down in order', async () => {
    const server = start();
    const port = await server.port();
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(await ready.json()).toMatchObject({
      ready: true,
      cycle: expect.stringContaining('not configured'),
    });
    expect(statSync(join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600);

    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain('Another process uses the data');

    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(server.output()).toContain('"why":"SIGTERM"');
  });

  it('says every fault of its configuration at once and exits 1', async () => {
    const server = start({ PORT: 'x', SESSION_SECRET: 'hunter2' });
    expect(await server.exited).toBe(1);
    expect(server.output()).toContain('PORT: expected');
    expect(server.output()).toContain('SESSION_SECRET: expected at least 32 characters');
    expect(server.output()).not.toContain('hunter2');
  });

  it('says which port is taken', async () => {
    const first = start();
    const port = await first.port();
    const second = start({ PORT: port, DATA_DIR: join(dataDir, 'second') });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(`^PORT: ${port} is taken by another process; expected a free port\\.$`, 'm'),
    );
  });
});
