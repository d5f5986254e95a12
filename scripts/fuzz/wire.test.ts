import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { openLine } from './wire.ts';
import type { Message } from './wire.ts';

const message = (pieces: string[], over: Partial<Message> = {}): Message => ({
  pieces: pieces.map((piece) => Buffer.from(piece)),
  pauseMs: 0,
  answers: 1,
  halfClose: false,
  head: false,
  ...over,
});
const answer = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const get = message(['GET /second HTTP/1.1\r\n\r\n']);

let server: Server;
let line: ReturnType<typeof openLine>;
afterEach(async () => {
  line.close();
  await new Promise((resolve) => server.close(resolve));
});

/** `heard` gets everything a connection has sent so far, and answers. */
async function listen(heard: (socket: Socket, all: string, connection: number) => void): Promise<void> {
  let connections = 0;
  server = createServer((socket) => {
    const connection = ++connections;
    let all = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => heard(socket, (all += bytes.toString()), connection));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  line = openLine((server.address() as AddressInfo).port);
}

it('sends the rest of a request that was answered early before the next one', async () => {
  const seen: string[] = [];
  await listen((socket, all) => {
    seen.push(all);
    if (all.endsWith('length: 6\r\n\r\n')) socket.write(answer('early'));
    if (all.includes('/second')) socket.write(answer(all.includes('body12GET') ? 'second' : 'garbled'));
  });
  const first = message(['POST /first HTTP/1.1\r\ncontent-length: 6\r\n\r\n', 'body', '12'], { pauseMs: 40 });
  expect((await line.send(first)).answers.map(({ body }) => body)).toEqual(['early']);
  const { answers, ended } = await line.send(get);
  expect([ended, answers.map(({ body }) => body)]).toEqual(['complete', ['second']]);
  expect(seen.at(-1)).toContain('body12GET /second');
});

it('takes a new connection where the kept one was closed while idle', async () => {
  await listen((socket, _all, connection) => {
    socket.write(answer(`connection ${connection}`));
    if (connection === 1) setTimeout(() => socket.destroy(), 20);
  });
  await line.send(get);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { answers, ms } = await line.send(get);
  expect(answers.map(({ body }) => body)).toEqual(['connection 2']);
  expect(ms).toBeLessThan(2_000);
});

it('tells what came behind the answers that were asked for', async () => {
  await listen((socket) => socket.write(answer('one') + answer('two')));
  expect((await line.send(get)).surplus).toBe(answer('two'));
});
