import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { root } from './processes.ts';

type Chunk = { file: string; isEntry?: boolean; imports?: string[] };
const dist = path.join(root, 'web/dist');

/** Gzipped JavaScript that the browser loads for the entry and its static imports, in kB (1000 bytes). */
export function firstLoadSize(): { kB: number; files: { file: string; kB: number }[] } {
  const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const files = new Set<string>();
  const visit = (chunk: Chunk | undefined): void => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) visit(manifest[name]);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) visit(chunk);
  // The first route itself is lazy, yet always loaded with the first page.
  const overview = Object.entries(manifest).find(([name]) => name.endsWith('overview/OverviewPage.tsx'));
  visit(overview?.[1]);
  const sizes = [...files]
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, kB: gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length / 1000 }));
  return { kB: sizes.reduce((sum, { kB }) => sum + kB, 0), files: sizes.sort((a, b) => b.kB - a.kB) };
}
