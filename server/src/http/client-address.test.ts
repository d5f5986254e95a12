import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';

import { addressKey, clientAddress } from './client-address.ts';

async function ask(trust: number, forwarded: string | undefined) {
  const app = express().set('trust proxy', trust);
  app.get('/', (req, res) => void res.json({ address: clientAddress(req), key: addressKey(req) }));
  const call = request(app).get('/');
  const { body } = await (forwarded === undefined ? call : call.set('x-forwarded-for', forwarded));
  return body as { address: string; key: string };
}
const OWN = '127.0.0.1';

describe('the address of a client', () => {
  it.each([
    ['nobody is trusted', 0, '198.51.100.7', OWN],
    ['nothing is reported', 1, undefined, OWN],
    ['one proxy reports it', 1, '198.51.100.7', '198.51.100.7'],
    ['the client made up more', 1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    ['two proxies report it', 2, '198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['more proxies are counted than there are', 3, '198.51.100.7', '198.51.100.7'],
    ['it has a port', 1, '198.51.100.7:4711', '198.51.100.7'],
    ['it is IPv6', 1, '2001:DB8::7', '2001:db8::7'],
    ['it is IPv6 in brackets', 1, '[2001:db8::7]', '2001:db8::7'],
    ['it is IPv6 in brackets with a port', 1, '[2001:db8::7]:4711', '2001:db8::7'],
    ['it is IPv6 with a zone', 1, 'fe80::7%eth0', 'fe80::7'],
    ['it is IPv4 written as IPv6', 1, '::ffff:198.51.100.7', '198.51.100.7'],
    ['it is garbage', 1, 'garbage', OWN],
    ['it is unknown', 1, 'unknown', OWN],
    ['it is empty', 1, '', OWN],
    ['it is nearly an address', 1, '198.51.100.777', OWN],
    ['garbage stands behind the nearest', 2, 'garbage, 198.51.100.7', '198.51.100.7'],
    ['garbage stands before the nearest', 2, '198.51.100.7, garbage', OWN],
    ['there are very many', 1, `${'203.0.113.9, '.repeat(900)}198.51.100.7`, '198.51.100.7'],
  ])('where %s', async (_what, trust, forwarded, expected) => {
    expect((await ask(trust, forwarded)).address).toBe(expected);
  });

  it('is one for limits where somebody makes up words, and one for a network of IPv6', async () => {
    const keys = async (...all: string[]) =>
      new Set(await Promise.all(all.map(async (each) => (await ask(1, each)).key)));
    expect(await keys('a', 'b', 'garbage', '')).toEqual(new Set([OWN]));
    expect(await keys('2001:db8::1', '[2001:db8::2]:80', '2001:db8:0:1::3')).toHaveProperty('size', 1);
    expect(await keys('2001:db8::1', '2001:db9::1')).toHaveProperty('size', 2);
  });
});
