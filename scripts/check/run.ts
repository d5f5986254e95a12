import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { root } from '../lib/processes.ts';
import { one } from './count.ts';
import type { Step } from './count.ts';

export const bin = (name: string): string => path.join(root, 'node_modules/.bin', name);

export async function run(file: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

export async function capture(file: string, args: string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { ok: code === 0, output };
}

export const command = (name: string, file: string, args: string[]): Step => ({
  name,
  run: async () => one(await run(file, args), name),
});
