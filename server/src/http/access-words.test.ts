import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';

import type { SignedIn } from '../lib/person.ts';
import type { AccessWords } from './access-words.ts';
import { guardsOf } from './access-words.ts';
import { createSessionGate } from './session-gate.ts';

const NOW = 10 * 60_000;
const session: SignedIn = {
  id: 's',
  name: 'ada',
  role: 'operator',
  way: 'vpn',
  csrfToken: '',
  expiresAt: 2 * NOW,
  confirmedAt: 0,
  withPasskey: false,
  passkeyNeeded: false,
};
const token = { name: 'ada', role: 'operator', tokenId: 't', tokenName: 't', expiresAt: 2 * NOW } as const;

/** How a download or a snapshot with these words answers. */
async function statusOf(words: AccessWords, by: { bearer?: true; confirmedAt?: number } = {}) {
  const gate = createSessionGate({
    sessions: { of: () => ({ ...session, confirmedAt: by.confirmedAt ?? 0 }), whyNot: () => null },
    accessTokens: { read: async () => token },
    publicUrl: null,
    clock: { now: () => NOW },
  });
  const app = express();
  app.get('/file', ...guardsOf(words, gate), (_request, response) => void response.send('file'));
  app.use(((error, _request, response, _next) => {
    response.status(403).send((error as { code: string }).code);
  }) as express.ErrorRequestHandler);
  const asked = request(app).get('/file');
  const { text } = await (by.bearer ? asked.set('authorization', 'Bearer cyc_x') : asked);
  return text;
}

describe('what is only read has the words of a change', () => {
  it('sessionOnly: no access token', async () => {
    expect(await statusOf({ role: 'viewer' }, { bearer: true })).toBe('file');
    expect(await statusOf({ role: 'viewer', sessionOnly: true }, { bearer: true })).toBe('forbidden');
    expect(await statusOf({ role: 'viewer', sessionOnly: true })).toBe('file');
  });

  it('confirm: a recent authentication, and no access token', async () => {
    const words = { role: 'viewer', confirm: true } as const;
    expect(await statusOf(words)).toBe('confirmation-needed');
    expect(await statusOf(words, { confirmedAt: NOW - 60_000 })).toBe('file');
    expect(await statusOf(words, { bearer: true })).toBe('forbidden');
  });

  it('role: no lower one', async () => {
    expect(await statusOf({ role: 'admin' })).toBe('forbidden');
  });
});
