import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, it, vi } from 'vitest';

import { isRunning } from './processes.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'cyclorama-processes-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('ends what a script started with it, even where that is killed', async () => {
  const source = `
    import { startSimulator } from '${new URL('processes.ts', import.meta.url).href}';
    const { child } = await startSimulator([], '${scratch}/upstreams.env');
    console.log(child.pid);`;
  const script = spawn(process.execPath, ['--input-type=module', '--eval', source]);
  const [line] = (await once(script.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isRunning(pid)).toBe(true);
  script.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000);
});
