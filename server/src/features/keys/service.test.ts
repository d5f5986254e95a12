import { randomUUID } from 'node:crypto';

import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';

import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { loadSecrets } from '../../store/session-secret.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { claimRow } from '../../testing/builders/claims.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { createKeysService } from './service.ts';

const [OLD, NEW, LOST] = ['o'.repeat(32), 'n'.repeat(32), 'l'.repeat(32)] as const;

describeOnEachEngine('stored secrets after a rotation', (bench) => {
  let lines: string[];
  beforeEach(async () => {
    lines = [];
    const { db } = bench.store;
    await db.deleteFrom('claims').execute();
    await db.deleteFrom('settings').execute();
    await db.deleteFrom('oidc_grants').execute();
  });
  const keys = (secrets: Secrets, secretInDatabase = false) =>
    createKeysService({
      db: bench.store.db,
      secrets,
      secretInDatabase,
      logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    });
  const addClaim = async (secret: string) => {
    const box = createSecretBox(secret, 'claims');
    const row = { ...claimRow(), id: randomUUID(), token: box.seal('token'), variables: box.seal('{}') };
    await bench.store.db.insertInto('claims').values(row).execute();
  };
  const tokensUnder = async (secret: string) => {
    const rows = await bench.store.db.selectFrom('claims').select(['token', 'variables']).execute();
    const box = createSecretBox(secret, 'claims');
    return rows.map(({ token, variables }) => [box.open(token), box.open(variables ?? '')]);
  };

  it('are sealed with the first secret, so that the older one can go', async () => {
    await writeSetting(
      bench.store.db,
      'rerobots-token',
      createSecretBox(OLD, 'rerobots-token').seal('robots'),
    );
    const refresh_token = createSecretBox(OLD, 'oidc refresh tokens').seal('refresh');
    await bench.store.db
      .insertInto('oidc_grants')
      .values({ person: 'ada', subject: 'a', refresh_token, checked_at: 0 })
      .execute();
    for (let made = 0; made < 3; made += 1) await addClaim(OLD);
    await addClaim(NEW);
    const service = keys([NEW, OLD]);
    await service.start?.();
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 30, sealedAnew: 8, unreadable: 0 });
    expect(await service.sealAnew()).toEqual({ sealedAnew: 0, unreadable: 0 });
    await service.stop();
    expect(await tokensUnder(NEW)).toEqual(Array.from({ length: 4 }, () => ['token', '{}']));
    const robots = await readSetting(bench.store.db, 'rerobots-token');
    expect(createSecretBox(NEW, 'rerobots-token').open(robots ?? '')).toBe('robots');
  });

  it('are counted in the log, and those nothing opens keep a warning', async () => {
    await addClaim(OLD);
    await addClaim(LOST);
    const service = keys([NEW, OLD]);
    await service.start?.();
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, sealedAnew: 2, unreadable: 2 });
    await service.stop();
  });

  it('are opened with a secret that an earlier version left in the database, which is then deleted', async () => {
    const { db } = bench.store;
    await writeSetting(db, 'session-secret', OLD);
    await addClaim(OLD);
    const given = { sessionSecrets: [NEW], databaseUrl: 'postgres://u@h/d', dataDir: '' };
    const { secrets, inDatabase } = await loadSecrets(given, bench.store);
    expect([secrets, inDatabase]).toEqual([[NEW, OLD], true]);
    const service = keys(secrets, inDatabase);
    await service.start?.();
    await expect.poll(() => readSetting(db, 'session-secret')).toBeNull();
    expect(await tokensUnder(NEW)).toEqual([['token', '{}']]);
    expect(lines.join('')).not.toContain(OLD);
    expect((await loadSecrets(given, bench.store)).secrets).toEqual([NEW]);
    await service.stop();
  });

  it('leave a secret in the database that something unreadable may need', async () => {
    const { db } = bench.store;
    await writeSetting(db, 'session-secret', OLD);
    await addClaim(LOST);
    const service = keys([NEW, OLD], true);
    await service.start?.();
    await expect.poll(() => lines.length).toBe(1);
    expect(await readSetting(db, 'session-secret')).toBe(OLD);
    await service.stop();
  });
});
