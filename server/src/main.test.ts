import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-main-'));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DRAIN_SECONDS: '0',
      ...env,
    },
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
  const url = async (): Promise<string> => `http://127.0.0.1:${await port()}`;
  const ready = async (): Promise<Response> => {
    for (;;) {
      const answer = await fetch(`${await url()}/readyz`);
      if (answer.ok) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, exited, output: () => output, port, url, ready };
}

describe('the server as a process', { timeout: 60_000 }, () => {
  it('starts with nothing configured, keeps its secret to itself, and goes down in order', async () => {
    const server = start();
    expect(await (await server.ready()).json()).toMatchObject({
      ready: true,
      cycle: 'unconfigured',
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
    await first.ready();
    const second = start({ PORT: port, DATA_DIR: join(dataDir, 'second') });
    expect(await second.exited).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(`^PORT: ${port} is taken by another process; expected a free port\\.$`, 'm'),
    );
  });

  it('answers while it waits for its store, and stops at once', async () => {
    const server = start({
      DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x',
      SESSION_SECRET: 'a secret of this test that is long enough',
    });
    const url = await server.url();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, store: 'opening', cycle: 'starting' },
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(ready.headers.get('x-content-type-options')).toBe('nosniff');
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([
      503,
      expect.stringContaining('Cyclorama is starting.'),
    ]);
    const api = await fetch(`${url}/api/session`);
    expect([api.status, api.headers.get('retry-after'), await api.json()]).toEqual([
      503,
      '2',
      { error: expect.objectContaining({ code: 'starting', message: 'Cyclorama is starting.' }) },
    ]);

    const asked = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(performance.now() - asked).toBeLessThan(3000);
    expect(server.output()).not.toContain('hunter2');
  });

  it('is not ready first and closed later, so that a load balancer loses no request', async () => {
    const server = start({ DRAIN_SECONDS: '2' });
    await server.ready();
    const url = await server.url();
    server.child.kill('SIGTERM');
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(503));
    const served = await fetch(`${url}/api/about`);
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    expect(await server.exited).toBe(0);
    await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
  });

  it('does not wait for load balancers where Ctrl-C is pressed', async () => {
    const server = start({ DRAIN_SECONDS: '60' });
    await server.ready();
    server.child.kill('SIGINT');
    expect(await server.exited).toBe(0);
  });
});
