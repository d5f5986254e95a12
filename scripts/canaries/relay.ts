import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { answers, nameOf, refusals } from './fields.ts';
import type { Upstream } from './fields.ts';
import type { Canaries } from './plant.ts';

export type Mode = 'plant' | 'refuse';
type Place = { host: string; port: number } | { socketPath: string };
export type Relay = { place: Place; close(): Promise<void> };
type Options = { upstream: Upstream; to: Place; at: Place; canaries: Canaries; mode: () => Mode };

/** Stands before an upstream and plants canaries into what it answers; `refuse` makes it refuse everything, in its words. */
export async function startRelay({ upstream, to, at, canaries, mode }: Options): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, socket: Socket, head) => tunnel(incoming, socket, head, to));

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const path = incoming.url ?? '';
    const isSignIn = upstream === 'platform' ? path.startsWith('/oauth') : path === '/v1/vpn/login';
    if (mode() === 'refuse' && !isSignIn) {
      response.writeHead(upstream === 'rerobots' ? 400 : 422, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(canaries.plant(`${upstream} refusal`, refusals[upstream], refusalOf(upstream))),
      );
      return;
    }
    const answer = await ask(incoming, body, to);
    const text = (await bytesOf(answer)).toString('utf8');
    const status = answer.statusCode ?? 502;
    const sent = Buffer.from(status === 200 ? planted(path, text) : text);
    const headers = { ...answer.headers, 'content-length': String(sent.length) };
    delete headers['transfer-encoding'];
    response.writeHead(status, headers).end(sent);
  }

  function planted(path: string, text: string): string {
    const known = answers.filter((each) => each.upstream === upstream && each.path.test(path));
    if (known.length === 0 || !/^\s*[[{]/.test(text)) return text;
    return JSON.stringify(
      known.reduce(
        (json, each) => canaries.plant(nameOf(each), each.fields, json),
        JSON.parse(text) as unknown,
      ),
    );
  }

  await listen(server, at);
  return {
    place: 'socketPath' in at ? at : { host: at.host, port: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refusalOf(upstream: Upstream): unknown {
  if (upstream === 'rerobots') return {};
  return { data: null, error: { status: 422, code: '422.invalid-input', title: '', detail: '' } };
}

function ask(
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  to: Place,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { 'accept-encoding': _, ...kept } = headers;
    const onward = httpRequest({ ...to, method, path, headers: kept });
    onward.once('response', resolve).once('error', reject).end(body);
  });
}

/** Notifications come over a WebSocket, byte by byte. */
function tunnel(incoming: IncomingMessage, socket: Socket, head: Buffer, to: Place): void {
  const onward = connect('socketPath' in to ? { path: to.socketPath } : to);
  const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
  for (let at = 0; at < incoming.rawHeaders.length; at += 2)
    lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
  onward.write(`${lines.join('\r\n')}\r\n\r\n`);
  onward.write(head);
  onward.pipe(socket).pipe(onward);
  onward.once('error', () => socket.destroy());
  socket.once('error', () => onward.destroy());
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function listen(server: Server, at: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen('socketPath' in at ? { path: at.socketPath } : at, () => resolve());
  });
}
