import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { answers, freePort, root, startNode, stop, waitFor } from './processes.ts';

type Chunk = { file: string; imports?: string[]; css?: string[] };
type Fetched = { path: string; encoding: string; bytes: number; body: string };
/** One kind of file; 1 kB is 1000 bytes of encoded body. */
type Travelled = { kB: number; files: Fetched[] };

/** As Chromium sends it. */
const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';
/** What the overview loads right after sign-in; checked in Chromium's network log. */
const LAZY_PARTS = [
  'src/features/sign-in/SignInPage.tsx',
  'src/features/environment/overview/OverviewPage.tsx',
  'src/api/stream.ts',
];

export async function measureFirstLoad(): Promise<{ js: Travelled; css: Travelled }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'cyclorama-first-load-'));
  const port = await freePort(24_000);
  const env = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  const server = startNode('server/src/main.ts', [], env, 'server');
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitFor('the server', () => answers(`${url}/readyz`), server);
    const page = await fetchFile(url, '/');
    const files = new Set([...filesOf(page.body), ...LAZY_PARTS.flatMap(filesOfPart)]);
    const fetched = await Promise.all([...files].map((file) => fetchFile(url, file)));
    return { js: sum(fetched, '.js'), css: sum(fetched, '.css') };
  } finally {
    await stop(server);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function sum(fetched: Fetched[], suffix: '.js' | '.css'): Travelled {
  const files = fetched.filter((file) => file.path.endsWith(suffix)).sort((a, b) => b.bytes - a.bytes);
  return { kB: files.reduce((total, { bytes }) => total + bytes, 0) / 1000, files };
}

/** Scripts, preloaded modules and stylesheets of a page. */
function filesOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
}

/** None where the part has no chunk of its own: then it is in one of the page's. */
function filesOfPart(name: string): string[] {
  const manifest = JSON.parse(
    readFileSync(path.join(root, 'web/dist/.vite/manifest.json'), 'utf8'),
  ) as Record<string, Chunk>;
  if (!existsSync(path.join(root, 'web', name))) throw new Error(`the page has no ${name}`);
  const seen = new Set<string>();
  const visit = (key: string): string[] => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return [];
    seen.add(key);
    return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap(visit)];
  };
  return visit(name).map((file) => `/${file}`);
}

/** By node:http, because fetch decodes the body. */
function fetchFile(url: string, file: string): Promise<Fetched> {
  const headers = { accept: '*/*', 'accept-encoding': file === '/' ? 'identity' : ACCEPT_ENCODING };
  return new Promise((resolve, reject) => {
    get(url + file, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`${file} answered ${response.statusCode}`));
        const body = Buffer.concat(chunks);
        resolve({
          path: file,
          encoding: response.headers['content-encoding'] ?? 'identity',
          bytes: body.length,
          body: body.toString(),
        });
      });
    }).on('error', reject);
  });
}
