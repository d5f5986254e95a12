import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import type { Request, RequestHandler, Response } from 'express';

type File = { path: string; encodings: Partial<Record<'br' | 'gzip', string>> };

/** Vite puts a hash of the content into the names below this folder, so they never change. */
const HASHED = '/assets/';
const NOT_BUILT = 'The page has not been built yet. Run "npm run build" and start the server again.\n';

/**
 * Serves the built page from `folder`: hashed files for good, `.br` and `.gz` siblings where the client takes them,
 * and `index.html` for every address of the page. Files are listed once, so that no request can leave the folder.
 */
export function staticFiles(folder: string): RequestHandler {
  const files = listFiles(folder);
  const index = files.get('/index.html');
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = files.get(request.path);
    if (file !== undefined && file !== index) return send(request, response, file);
    if (!isPage(request)) return next();
    if (index === undefined) return void response.status(503).type('text/plain').send(NOT_BUILT);
    return send(request, response, index);
  };
}

function isPage(request: Request): boolean {
  const lastSegment = request.path.slice(request.path.lastIndexOf('/') + 1);
  const looksLikeFile = lastSegment.includes('.') && lastSegment !== 'index.html';
  return !looksLikeFile && request.accepts('html') !== false;
}

function send(request: Request, response: Response, { path, encodings }: File): void {
  const hashed = request.path.startsWith(HASHED);
  response.type(path.slice(path.lastIndexOf('.')));
  response.set('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  let chosen = path;
  if (Object.keys(encodings).length > 0) {
    response.vary('Accept-Encoding');
    const encoding = (['br', 'gzip'] as const).find(
      (each) => encodings[each] !== undefined && request.acceptsEncodings(each) === each,
    );
    if (encoding !== undefined) {
      response.set('Content-Encoding', encoding);
      chosen = encodings[encoding] ?? path;
    }
  }
  response.sendFile(chosen, { cacheControl: false, dotfiles: 'allow' });
}

function listFiles(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  if (!existsSync(folder)) return files;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const all = new Set(names);
  for (const path of names.filter((name) => !/\.(br|gz)$/.test(name))) {
    const encodings: File['encodings'] = {};
    if (all.has(`${path}.br`)) encodings.br = `${path}.br`;
    if (all.has(`${path}.gz`)) encodings.gzip = `${path}.gz`;
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, encodings });
  }
  return files;
}
