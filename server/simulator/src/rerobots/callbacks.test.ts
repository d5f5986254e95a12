import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

type Received = { url: string | undefined; authorization: string | undefined; body: Record<string, unknown> };

let robots: TestRerobots;
let listener: Server;
let received: Received[];
let eurl: string;

beforeEach(async () => {
  received = [];
  listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      received.push({
        url: request.url,
        authorization: request.headers.authorization,
        body: JSON.parse(text),
      });
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  eurl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook?x=1`;
});

afterEach(async () => {
  await robots.stop();
  await new Promise((resolve) => listener.close(resolve));
});

const told = () => received.map(({ body }) => body['val']);

it('reports INIT with the private key and TERMINATED, once each, never READY (observed)', async () => {
  robots = await startRerobots();
  const deployment = await robots.freeDeployment();
  const id = await robots.readyInstance(deployment, { eurl: ` ${eurl} ` });
  await vi.waitFor(() => expect(told()).toEqual(['INIT']));
  const [init] = received;
  expect(init?.url).toBe('/hook?x=1');
  expect(Object.keys(init?.body ?? {})).toEqual(['id', 'wd', 'kind', 'val', 'user', 'sshkey']);
  expect(init?.body).toMatchObject({ id, wd: deployment, kind: 'instance status', user: 'cyclorama' });
  const token = init?.authorization?.replace('Bearer ', '') ?? '';
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT' });
  const claims = decodeJwt(token);
  expect(Object.keys(claims).sort()).toEqual(['exp', 'nbf']);
  expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBe(11);

  await robots.post(`/terminate/${id}`);
  robots.clock.advance(10_000);
  await vi.waitFor(() => expect(told()).toEqual(['INIT', 'TERMINATED']));
  expect(received[1]?.body).not.toHaveProperty('sshkey');
});

it('leaves the key out where a public one was given, and calls nothing but http and https', async () => {
  robots = await startRerobots();
  const first = await robots.readyInstance(await robots.freeDeployment(), {
    eurl: 'mailto://me@example.org',
  });
  await robots.readyInstance(await robots.freeDeployment(), { eurl, sshkey: 'ssh-ed25519 AAAA me' });
  await vi.waitFor(() => expect(told()).toEqual(['INIT']));
  expect(received[0]?.body).not.toHaveProperty('sshkey');
  expect(received[0]?.body['id']).not.toBe(first);
});

it('reports only that a reservation became an instance as documented', async () => {
  robots = await startRerobots({ profile: 'documented' });
  const deployment = await robots.freeDeployment();
  const holder = await robots.readyInstance(deployment, { eurl });
  const { id } = (await robots.post(`/new/${deployment}`, { reserve: true, eurl })).json;
  await robots.post(`/terminate/${holder}`);
  robots.clock.advance(12_000);
  await vi.waitFor(() => expect(told()).toEqual(['INIT']));
  expect(received[0]?.body['id']).toBe(id);
});
