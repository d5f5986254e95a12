import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Logger } from '../../../lib/logger.ts';
import { createSecretBox } from '../../../lib/secret-box.ts';
import { openStore } from '../../../store/database.ts';
import type { Store } from '../../../store/database.ts';
import { tokenSha256 } from '../../../upstream/rerobots/token.ts';
import { createTokenKeeper } from './token-keeper.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'token-keeper-'));
const log: string[] = [];
const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) as Logger;
let store: Store;

/** A keeper on the same store, as after a restart or in another replica. */
const keeperOf = async (configured: string | null, secret = 's'.repeat(32)) => {
  const box = createSecretBox(secret, 'rerobots-token');
  const keeper = createTokenKeeper({ db: store.db, box, configured, clock: { now: () => 0 }, logger });
  await keeper.load();
  return keeper;
};

beforeAll(async () => {
  store = await openStore({ dataDir }, logger);
});
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('knows no token if there never was one', async () => {
  const keeper = await keeperOf(null);
  expect([keeper.from(), keeper.current()]).toEqual(['missing', null]);
});

it('keeps the stored token over a restart, before the configured one, and encrypted', async () => {
  const keeper = await keeperOf('configured-token');
  expect([keeper.from(), keeper.current()]).toEqual(['configured', 'configured-token']);
  await keeper.store('stored-token');
  const again = await keeperOf('configured-token');
  expect([again.from(), again.current()]).toEqual(['stored', 'stored-token']);
  const settings = await store.db.selectFrom('settings').selectAll().execute();
  expect(JSON.stringify(settings)).not.toContain('stored-token');
});

it('does without the stored token, and says so, if the secret was changed', async () => {
  const keeper = await keeperOf(null, 't'.repeat(32));
  expect([keeper.from(), keeper.current()]).toEqual(['unreadable', null]);
  expect(log.join('')).toContain('set it again');
});

it('never returns a revoked token, whatever its source, also after a restart', async () => {
  const keeper = await keeperOf('configured-token');
  await keeper.revoked([tokenSha256('stored-token')]);
  expect([keeper.from(), keeper.current()]).toEqual(['configured', 'configured-token']);
  await keeper.revoked(keeper.hashes());
  const again = await keeperOf('configured-token');
  expect([again.from(), again.current()]).toEqual(['revoked', null]);
  expect(again.isRevoked(tokenSha256('stored-token'))).toBe(true);
});
