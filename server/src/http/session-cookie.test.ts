import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';

import { createSessionCookie } from './session-cookie.ts';

const secret = 's'.repeat(32);
const FAR = Date.UTC(2100, 0);

async function cookieOf({
  secret: own = secret,
  ...options
}: {
  secret?: string;
  publicUrl?: string | null;
}): Promise<string> {
  const cookie = createSessionCookie({ secrets: [own], publicUrl: null, ...options });
  const app = express().get('/', (req, res) => {
    cookie.set(req, res, 'sealed', FAR);
    res.end();
  });
  const answer = await request(app).get('/');
  return String(answer.headers['set-cookie']);
}
const nameOf = (cookie: string): string => cookie.split('=', 1)[0] ?? '';

describe('the session cookie', () => {
  it.each([
    [null, /^cyclorama-[0-9a-f]{12}=sealed; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/],
    ['https://h', /^__Host-cyclorama-\w+=sealed; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/],
    ['https://h/ops', /^__Secure-cyclorama-\w+=sealed; Path=\/ops; Expires=[^;]+; HttpOnly; Secure;/],
    ['http://h/ops', /^cyclorama-\w+=sealed; Path=\/ops; Expires=[^;]+; HttpOnly; SameSite=Lax$/],
  ])('at %s', async (publicUrl, expected) => {
    expect(await cookieOf({ publicUrl })).toMatch(expected);
  });

  it('has one name for replicas, and another for each other dashboard on the host', async () => {
    const mine = nameOf(await cookieOf({}));
    expect(nameOf(await cookieOf({}))).toBe(mine);
    expect(nameOf(await cookieOf({ secret: 't'.repeat(32) }))).not.toBe(mine);
    const paths = await Promise.all(
      ['https://h/a', 'https://h/b'].map((publicUrl) => cookieOf({ publicUrl })),
    );
    expect(nameOf(paths[0] ?? '')).not.toBe(nameOf(paths[1] ?? ''));
  });

  it('is found among the others, and only its own', async () => {
    const cookie = createSessionCookie({ secrets: [secret], publicUrl: null });
    const other = createSessionCookie({ secrets: ['t'.repeat(32)], publicUrl: null });
    const own = (await cookieOf({})).split(';', 1)[0];
    const headers = { cookie: `theme=dark; cyclorama-session=old; ${own}; x` };
    expect([cookie.read({ headers }), other.read({ headers })]).toEqual(['sealed', null]);
  });

  it('is still read under an older secret, and set under the first', async () => {
    const secrets = ['n'.repeat(32), secret] as const;
    const rotated = createSessionCookie({ secrets, publicUrl: null });
    const own = (await cookieOf({})).split(';', 1)[0];
    const newer = (await cookieOf({ secret: secrets[0] })).split(';', 1)[0]?.replace('sealed', 'newer');
    expect(rotated.read({ headers: { cookie: own } })).toBe('sealed');
    expect(rotated.read({ headers: { cookie: `${own}; ${newer}` } })).toBe('newer');
  });
});
