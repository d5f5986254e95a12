import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Role } from '@cyclorama/shared/common.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Logger } from '../../lib/logger.ts';
import type { Store } from '../../store/database.ts';
import { openStore } from '../../store/database.ts';
import { olga } from '../../testing/builders/people.ts';
import { recordOn } from '../../testing/record.fixture.ts';
import { createAccessTokensService } from './service.ts';
import type { AccessTokensService } from './service.ts';

const DAY_MS = 86_400_000;
const logger = { warn: () => undefined } as unknown as Logger;
let dataDir: string;
let store: Store;
let now: number;
let roles: Record<string, Role>;
let tokens: AccessTokensService;
const serve = (): AccessTokensService =>
  createAccessTokensService({
    db: store.db,
    clock: { now: () => now },
    logger,
    changeOnRecord: recordOn({ store, clock: { now: () => now }, logger }).recorder.changeOnRecord,
    newId: randomUUID,
    random: randomBytes,
    roleOf: (name) => roles[name] ?? 'viewer',
    ownerLapse: () => null,
    inUse: () => [],
    onRevoked: () => undefined,
  });
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tokens-'));
  store = await openStore({ dataDir }, logger);
  now = 1_795_000_000_000;
  roles = { olga: 'operator' };
  tokens = serve();
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});
const make = (role: Role = 'operator') => tokens.create({ name: 'nightly', role, expiresInDays: 1 }, olga);

it('never does more than its owner may at the moment of the call', async () => {
  const { token } = await make();
  expect(await tokens.read(token)).toMatchObject({ name: 'olga', role: 'operator' });
  roles = { olga: 'viewer' };
  expect(await tokens.read(token)).toMatchObject({ role: 'viewer' });
  roles = { olga: 'admin' };
  expect(await tokens.read(token)).toMatchObject({ role: 'operator' });
  await expect(make('admin')).rejects.toMatchObject({ code: 'forbidden', field: 'body.role' });
});

it('opens nothing from its expiry on', async () => {
  const { token, expiresAt } = await make();
  expect(Date.parse(expiresAt)).toBe(now + DAY_MS);
  now += DAY_MS - 1;
  expect(await tokens.read(token)).not.toBeNull();
  now += 1;
  expect(await tokens.read(token)).toBeNull();
});

it('is not taken with another secret after the part it is found by', async () => {
  const { token } = await make();
  const last = token.endsWith('A') ? 'B' : 'A';
  expect(await tokens.read(token.slice(0, -1) + last)).toBeNull();
  expect(await tokens.read('cyc_short')).toBeNull();
});

it('revoked by another process that shares the store, opens nothing ten seconds later', async () => {
  const { token, id } = await make();
  expect(await tokens.read(token)).not.toBeNull();
  await serve().revoke(id, olga);
  now += 10_000;
  expect(await tokens.read(token)).toBeNull();
});

it('keeps when it was last used, to the minute', async () => {
  const { token } = await make();
  const used = async () => (await tokens.list(olga)).tokens[0]?.lastUsedAt;
  expect(await used()).toBeNull();
  await tokens.read(token);
  await expect.poll(used).toBe(new Date(now).toISOString());
});

it('is refused as the fifty-first of a person', async () => {
  for (let made = 0; made < 50; made += 1) await make();
  await expect(make()).rejects.toMatchObject({ code: 'conflict' });
});
