import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { writeCompressedSiblings } from './compress.ts';
import { nodeFlags, root } from './processes.ts';

const inputs = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'web/smaller-zod.ts',
  'scripts/lib/compress.ts',
  'shared/src',
  'pnpm-lock.yaml',
];
const dist = path.join(root, 'web/dist');
const stamp = path.join(dist, '.built-from');

export async function buildWeb({ force = false } = {}): Promise<'built' | 'fresh'> {
  const wanted = sourceHash();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'fresh';
  const vite = path.join(root, 'web/node_modules/vite/bin/vite.js');
  const build = spawn(process.execPath, [...nodeFlags, vite, 'build', '--logLevel', 'warn'], {
    cwd: path.join(root, 'web'),
    stdio: 'inherit',
  });
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the page could not be built');
  await writeCompressedSiblings(dist);
  writeFileSync(stamp, wanted);
  return 'built';
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const full = path.join(root, input);
    if (!existsSync(full)) continue;
    for (const file of filesBelow(full)) hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesBelow(place: string): string[] {
  if (path.extname(place) !== '') return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
