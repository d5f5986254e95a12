import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';

import { isSameOrigin } from './same-origin.ts';
import { securityHeaders } from './security.ts';

const publicUrl = 'https://dash.example';

describe('a page with an https address', () => {
  it('is to be asked for over https only', async () => {
    const setHeaders = securityHeaders(publicUrl);
    const app = express().use((_request, response, next) => {
      setHeaders(response);
      next();
    });
    const { headers } = await request(app).get('/');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('the origin of a change', () => {
  const app = (address: string | null) =>
    express().use((req, res) => void res.json(isSameOrigin(req, address)));
  const ask = async (address: string | null, headers: Record<string, string>): Promise<unknown> =>
    (await request(app(address)).post('/').set('host', 'dash.example').set(headers)).body;

  it.each([
    ['nothing said', null, {}, true],
    ['the page itself', null, { 'sec-fetch-site': 'same-origin' }, true],
    ['an address typed in', null, { 'sec-fetch-site': 'none' }, true],
    ['another site', null, { 'sec-fetch-site': 'cross-site' }, false],
    ['a sister site', null, { 'sec-fetch-site': 'same-site' }, false],
    ['the own host behind a proxy that took https off', null, { origin: 'https://dash.example' }, true],
    ['another host', null, { origin: 'https://evil.example' }, false],
    ['a hidden origin', null, { origin: 'null' }, false],
    ['the public address', publicUrl, { origin: 'https://dash.example' }, true],
    ['the public address without https', publicUrl, { origin: 'http://dash.example' }, false],
  ] as [string, string | null, Record<string, string>, boolean][])(
    '%s',
    async (_what, address, headers, allowed) => {
      expect(await ask(address, headers)).toBe(allowed);
    },
  );
});
