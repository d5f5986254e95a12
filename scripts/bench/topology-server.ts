import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

import type { ServerEvent } from '../../shared/src/events.ts';
import { paths } from '../../shared/src/paths.ts';
import type { About, Session } from '../../shared/src/session.ts';
import type { Topology } from '../../shared/src/topology.ts';

export type PageServer = {
  origin: string;
  push: (event: ServerEvent) => void;
  close: () => void;
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * @param dist folder of the production build of the page
 * @throws when there is no build in `dist`
 */
export async function startPageServer(dist: string, topology: Topology): Promise<PageServer> {
  const page = await readFile(join(dist, 'index.html')).catch(() => {
    throw new Error(`no build of the page in ${dist}: run "npm run build" first`);
  });
  const streams = new Set<ServerResponse>();
  const answers = apiAnswers(topology);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === paths.events()) openStream(request, response, streams);
    else if (path.startsWith('/api/')) sendJson(response, answers.get(path));
    else void sendFile(response, dist, path, page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  let sequence = 0;
  return {
    origin: originOf(server),
    push(event) {
      sequence += 1;
      for (const stream of streams) stream.write(`id: bench.${sequence}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    close() {
      for (const stream of streams) stream.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

function originOf(server: Server): string {
  // A server listening on a TCP port has an address with that port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function apiAnswers(topology: Topology): Map<string, string> {
  const session: Session = {
    user: { name: 'bench', role: 'viewer' },
    way: 'vpn',
    csrfToken: 'bench',
    expiresAt: '2099-01-01T00:00:00Z',
    confirmBy: null,
    passkeyNeeded: false,
  };
  const about: About = {
    name: 'Cyclorama',
    version: 'bench',
    notice: null,
    publicUrl: null,
    signIn: { password: true, oidc: null, passkey: false },
    store: null,
  };
  return new Map([
    [paths.about(), JSON.stringify(about)],
    [paths.session(), JSON.stringify(session)],
    [paths.upstreams(), JSON.stringify({ upstreams: [] })],
    [paths.topology(), JSON.stringify(topology)],
  ]);
}

function openStream(request: IncomingMessage, response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const serverTime = new Date().toISOString();
  const hello: ServerEvent = { type: 'hello', epoch: 'bench', serverTime, person: 'bench' };
  response.write(`id: bench.0\ndata: ${JSON.stringify(hello)}\n\n`);
  streams.add(response);
  request.on('close', () => streams.delete(response));
}

function sendJson(response: ServerResponse, body: string | undefined): void {
  const missing = {
    error: { code: 'not-found', message: 'The bench does not serve this.', requestId: 'bench' },
  };
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(body ?? JSON.stringify(missing));
}

async function sendFile(response: ServerResponse, dist: string, path: string, page: Buffer): Promise<void> {
  const type = types[extname(path)];
  const file = type === undefined ? null : await readFile(join(dist, normalize(path))).catch(() => null);
  response.writeHead(200, {
    'content-type': file === null ? 'text/html; charset=utf-8' : (type ?? 'text/html'),
    'content-security-policy': "default-src 'self'; img-src 'self' data:",
  });
  response.end(file ?? page);
}
