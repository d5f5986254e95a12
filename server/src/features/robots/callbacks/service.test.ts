import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { paths } from '@cyclorama/shared/paths.ts';
import { booking } from '@cyclorama/shared/robots.ts';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { bookingIn, bookRobot } from '../../../testing/ready-robot.fixture.ts';
import { startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import { robotHookRouter } from './routes.ts';
import { createRobotHook } from './service.ts';

const bookingId = '8f9c6a5e-1f0b-4c1e-9d43-0c5a0f4f2f10';
const hookOf = (
  publicUrl: string | null,
  rerobotsUrl = 'https://api.rerobots.net',
  secret = 's'.repeat(32),
) => {
  const polls: string[] = [];
  const hook = createRobotHook({
    secrets: [secret],
    publicUrl,
    rerobotsUrl,
    upstreamIdOf: async (id) => (id === bookingId ? 'instance' : null),
    pollSoon: (upstreamId) => void polls.push(upstreamId),
    logger: pino({ level: 'silent' }),
  });
  return { hook, polls };
};
const secretPartOf = (eurl: string | null): string => new URL(eurl ?? '').pathname.split('/').at(-1) ?? '';

describe('the callback address', () => {
  it.each([
    [null, 'https://api.rerobots.net', false],
    ['https://robots.example', 'https://api.rerobots.net', true],
    ['http://robots.example', 'https://api.rerobots.net', false],
    ['https://localhost:8080', 'https://api.rerobots.net', false],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:9000', true],
  ])('from %s for %s: %s', (publicUrl, rerobotsUrl, told) => {
    expect(hookOf(publicUrl, rerobotsUrl).hook.callbackUrlOf(bookingId) !== null).toBe(told);
  });

  it('differs for each booking and installation, and can’t be guessed', () => {
    const { hook } = hookOf('https://robots.example/ops/dash');
    const eurl = hook.callbackUrlOf(bookingId);
    expect(eurl).toMatch(
      /^https:\/\/robots\.example\/ops\/dash\/api\/hooks\/rerobots\/[0-9a-f-]{36}\.[\w-]{43}$/,
    );
    expect(hook.callbackUrlOf(bookingId.replace('8', '9'))).not.toBe(eurl);
    expect(
      hookOf('https://robots.example', undefined, 't'.repeat(32)).hook.callbackUrlOf(bookingId),
    ).not.toBe(eurl);
  });
});

describe('a call to it', () => {
  it('makes a read due only with the booking’s own secret', async () => {
    const { hook, polls } = hookOf('https://robots.example');
    const good = secretPartOf(hook.callbackUrlOf(bookingId));
    const other = secretPartOf(
      hookOf('https://robots.example', undefined, 't'.repeat(32)).hook.callbackUrlOf(bookingId),
    );
    for (const bad of [
      '',
      bookingId,
      `${bookingId}.`,
      `${bookingId}.AAAA`,
      `${good.slice(0, -2)}AA`,
      other,
    ]) {
      await hook.receive(bad);
    }
    expect(polls).toEqual([]);
    await hook.receive(good);
    expect(polls).toEqual(['instance']);
  });
});

describe('POST /api/hooks/rerobots/…', () => {
  const received: string[] = [];
  const app = express();
  app.use(robotHookRouter({ hook: { receive: async (part) => void received.push(part) }, calls: 4 }));
  const server = createServer((request, response) => void app(request, response));
  let url: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/hooks/rerobots`;
  });
  afterAll(() => server.close());

  it('always answers the same, and accepts only small bodies within the limit', async () => {
    const bodies = ['{"id": "x", "val": "INIT", "sshkey": "PRIVATE"}', '{broken', '', 'x'.repeat(20_000)];
    for (const [index, body] of bodies.entries()) {
      const answer = await fetch(`${url}/part-${index}`, { method: 'POST', body });
      expect([answer.status, await answer.text()]).toEqual([204, '']);
    }
    expect(received).toEqual(['part-0', 'part-1', 'part-2']);
    const tooOften = await fetch(`${url}/part-4`, { method: 'POST', body: bodies[0] ?? '' });
    expect(tooOften.status).toBe(204);
    expect(received).toHaveLength(3);
  });

  it('accepts POST only', async () => {
    expect((await fetch(`${url}/part-0`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });
});

describe('rerobots calling back', () => {
  const calls: { path: string; body: string }[] = [];
  // The callback address must be known before the product's port is, so the test forwards the calls.
  const outside = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push({ path: request.url ?? '', body });
      response.end();
    });
  });
  let server: TestServer;
  let oscar: Browser;

  beforeAll(async () => {
    await new Promise<void>((resolve) => void outside.listen(0, '127.0.0.1', resolve));
    const publicUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
    // The server's clock stands still: without a callback no read becomes due.
    const now = Date.now();
    server = await startTestServer({
      simulator: { speed: 20 },
      env: { PUBLIC_URL: publicUrl },
      clock: { now: () => now },
    });
    oscar = await server.signIn('oscar');
  }, 30_000);
  afterAll(async () => {
    outside.close();
    await server.close();
  });

  it('makes a read due, and its path and body are in no log, activity or response', async () => {
    const booked = await bookRobot(oscar);
    const call = await vi.waitFor(() => calls[0] ?? Promise.reject(new Error('no call yet')), 10_000);
    expect(call.path).toContain(`/api/hooks/rerobots/${booked.id}.`);
    await vi.waitFor(async () => {
      const instance = await oscar.get(`/api/proxy/rerobots/instance/${booked.instanceId}`);
      expect(await instance.json()).toMatchObject({ status: 'READY' });
    }, 15_000);
    expect(booking.parse(await (await oscar.get(paths.booking(booked.id))).json()).state).toBe('starting');
    const answer = await fetch(server.url + call.path, { method: 'POST', body: call.body });
    expect(answer.status).toBe(204);
    const ready = await bookingIn(oscar, booked.id, 'ready');
    const { entries } = await server.activity.page({ limit: 50 });
    const seal = call.path.split('.').at(-1) ?? '';
    const told = server.log() + JSON.stringify(entries) + JSON.stringify(ready);
    expect(told).not.toContain(seal);
    expect(call.body).toContain('PRIVATE KEY');
    expect(told).not.toContain('PRIVATE KEY');
  });
});
