import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import { expect, it } from 'vitest';

import { createExchange } from './proxy-exchange.ts';

it('passes none of the client’s headers on but what says how to read and write', async () => {
  let received: IncomingHttpHeaders = {};
  let body = '';
  const upstream = createServer((request, response) => {
    received = request.headers;
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => upstream.once('listening', resolve));
  const { port } = upstream.address() as AddressInfo;
  const exchange = createExchange({
    name: 'cycle',
    label: 'Cycle',
    target: `http://127.0.0.1:${port}`,
    headers: { host: 'internal', 'x-cycle-token': 'ours' },
  });
  const app = express();
  app.use(async (request, response) => {
    const answer = await exchange.send(request, response, {
      url: '/v1/x?a=b',
      body: Buffer.from('{"sent":1}'),
    });
    response.send(answer.text);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/proxy/cycle/v1/x`, {
    method: 'POST',
    headers: {
      cookie: 'session=1',
      authorization: 'Bearer theirs',
      'x-cycle-token': 'theirs',
      'x-forwarded-for': '198.51.100.1',
      'x-csrf-token': 'csrf',
      accept: 'application/json',
      'content-type': 'application/json',
    },
    body: 'replaced',
  });

  server.close();
  upstream.close();
  exchange.close();
  expect(body).toBe('{"sent":1}');
  expect(received).toEqual({
    host: 'internal',
    'x-cycle-token': 'ours',
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': '10',
    connection: 'keep-alive',
  });
});
