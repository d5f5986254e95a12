import { generateKeyPairSync, randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { secretsIn } from './secret-rules.ts';

const random = (bytes: number): string => randomBytes(bytes).toString('hex');

describe('a scan for secrets', () => {
  // Made here, so that this file holds none.
  it.each([
    ['private key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['AWS access key', `AKIA${'A1B2C3D4'.repeat(2)}`],
    ['GitHub token', `ghp_${random(18)}`],
    ['GitLab token', `glpat-${random(10)}`],
    ['Slack token', `xoxb-${random(12)}`],
    ['Google key', `AIza${random(18).slice(0, 35)}`],
    ['npm token', `npm_${random(18)}`],
    ['Stripe key', `sk_live_${random(12)}`],
    ['access token of this dashboard', `cyc_${random(24)}`],
    ['JSON web token', `eyJ${random(10)}.eyJ${random(10)}.${random(16)}`],
    ['password in an address', `postgres://user:${random(8)}@db.internal/x`],
    ['random value of a secret’s name', `const apiKey = "${randomBytes(48).toString('base64')}1";`],
  ])('finds a %s, and shows no more than its beginning', (rule, secret) => {
    const found = secretsIn(`first line\n${String(secret)}\n`);
    expect(found).toContainEqual(expect.objectContaining({ rule, line: 2 }));
    for (const { begins } of found) expect(begins.length).toBeLessThanOrEqual(8);
  });

  it.each([
    'token: z.string()',
    "secret = 'an end-to-end secret of the right length'",
    'const passwordPlaceholder = "yourPasswordGoesRightHereDearFriend"',
    'postgres://user:password@host',
    'postgres://${user}:${password}@host/db',
    '-----BEGIN PRIVATE KEY-----',
  ])('leaves %s alone', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});
