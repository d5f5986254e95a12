import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, resolve, sep } from 'node:path';

import type { Request, RequestHandler, Response } from 'express';
import expressStaticGzip from 'express-static-gzip';

const NOT_BUILT = 'The page has not been built yet. Run "npm run build" and start the server again.\n';

/**
 * Hashed files are cached permanently, `.br` and `.gz` siblings are sent where accepted, and `index.html` answers every
 * page address. One build serves any base path: it is written into the page as it is sent.
 */
export function staticFiles(folder: string, basePath = ''): RequestHandler {
  // Vite puts a content hash into the names below this folder, so the files never change.
  const hashed = join(resolve(folder), 'assets') + sep;
  const setHeaders = (response: ServerResponse, path: string): void => {
    const isHashed = path.startsWith(hashed);
    response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  };
  const serve = expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: { index: false, redirect: false, dotfiles: 'ignore', cacheControl: false, setHeaders },
  }) as RequestHandler;

  return (request, response, next) => {
    // Throws where it can't be decoded; the error handler answers that.
    decodeURIComponent(request.path);
    const page = isPage(request);
    if (/\.(br|gz)$/.test(request.path)) return next();
    if (page && basePath !== '') return sendBelow(basePath, join(folder, 'index.html'), response);
    if (page) request.url = '/index.html';
    return serve(request, response, (error: unknown) => {
      // Set before the file was found; it may have been deleted since the start.
      response.removeHeader('Content-Encoding');
      if (error !== undefined || !page) return next(error);
      sendNotBuilt(response);
    });
  };
}

async function sendBelow(basePath: string, file: string, response: Response): Promise<void> {
  const html = await readFile(file, 'utf8').catch(() => null);
  if (html === null) sendNotBuilt(response);
  else response.set('Cache-Control', 'no-cache').type('html').send(belowPath(html, basePath));
}

function belowPath(html: string, basePath: string): string {
  return html
    .replaceAll(/(\s(?:src|href)=")\/(?!\/)/g, `$1${basePath}/`)
    .replace('<meta name="base-path" content=""', `<meta name="base-path" content="${basePath}"`);
}

function sendNotBuilt(response: Response): void {
  response.status(503).type('text/plain').send(NOT_BUILT);
}

function isPage(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const lastSegment = request.path.slice(request.path.lastIndexOf('/') + 1);
  const looksLikeFile = lastSegment.includes('.') && lastSegment !== 'index.html';
  return !looksLikeFile && request.accepts('html') !== false;
}
