import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newEntry } from '../../testing/builders/activity.ts';
import { claimRow } from '../../testing/builders/claims.ts';
import { postgresBinaries, startPostgres } from '../../testing/postgres.fixture.ts';
import type { TestPostgres } from '../../testing/postgres.fixture.ts';
import { appendEntries } from '../activity-chain.ts';
import { openStore } from '../database.ts';
import type { Store } from '../database.ts';
import { moveToFolder, moveToPostgres } from './move.ts';
import { BYTES, createScratch, fill, logger, seenIn } from './transfer.fixture.ts';

const { newFolder, remove } = createScratch();
afterAll(remove);
const binaries = postgresBinaries();

describe.skipIf(binaries === null)('a move', () => {
  let postgres: TestPostgres;
  let databases = 0;
  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
  }, 60_000);
  afterAll(() => postgres.stop());

  /** A new database of the server. */
  const newDatabase = async (): Promise<string> => {
    const name = `d${(databases += 1)}`;
    const store = await openStore({ databaseUrl: postgres.url }, logger);
    await sql`create database ${sql.id(name)}`.execute(store.db);
    await store.close();
    return postgres.url.replace('/postgres?', `/${name}?`);
  };
  const filled = async (more: (store: Store) => Promise<void> = () => Promise.resolve()): Promise<string> => {
    const dataDir = newFolder();
    const store = await openStore({ dataDir }, logger);
    await fill(store, 'one');
    await more(store);
    await store.close();
    return dataDir;
  };

  it('takes every row to PostgreSQL and back, unchanged, where rows get numbers of their own', async () => {
    const dataDir = await filled(async ({ db }) => {
      await db.insertInto('claims').values(claimRow()).execute();
      const step = { at: 1_795_000_000_123, from_state: null, to_state: 'requested' as const, actor: null };
      const transition = { ...step, subject_id: 'c', cause: 'a “word”\n\\x00', answer: null };
      await db.insertInto('claim_transitions').values([transition, transition]).execute();
    });
    const url = await newDatabase();
    const there = await moveToPostgres(dataDir, url);

    const store = await openStore({ databaseUrl: url }, logger);
    expect(await seenIn(store)).toEqual({
      fault: null,
      entries: 2,
      kept: 'one',
      bytes: [BYTES],
      sessions: 1,
    });
    await expect(moveToFolder(url, newFolder())).rejects.toThrow(/in use by \d connections \(cyclorama/);
    await store.close();

    const back = newFolder();
    await expect
      .poll(() => moveToFolder(url, back).catch((error: unknown) => String(error)), { timeout: 20_000 })
      .toEqual(there);
    expect(there.tables.find(({ name }) => name === 'claim_transitions')).toMatchObject({ rows: 2 });

    for (const where of [{ databaseUrl: url }, { dataDir: back }]) {
      const goesOn = await openStore(where, logger);
      await goesOn.db.transaction().execute((of) => appendEntries(of, [newEntry({ at: 3 })]));
      const step = { subject_id: 'c', at: 2, from_state: null, to_state: 'running' as const };
      const { id } = await goesOn.db
        .insertInto('claim_transitions')
        .values({ ...step, actor: null, cause: 'c', answer: null })
        .returning('id')
        .executeTakeFirstOrThrow();
      expect(id).toBe(3);
      expect(await seenIn(goesOn)).toMatchObject({ fault: null, entries: 3 });
      await goesOn.close();
    }
  });

  it('leaves an empty database where it does not come to its end, and a source that can be used', async () => {
    const dataDir = await filled(async ({ db }) => {
      await sql`insert into settings (key, value) values ('z', ${'a'} || char(0))`.execute(db);
    });
    const url = await newDatabase();
    await expect(moveToPostgres(dataDir, url)).rejects.toThrow(
      /A row of the table settings can't be stored there: .* Nothing was changed\./,
    );
    const source = await openStore({ dataDir }, logger);
    expect(await seenIn(source)).toMatchObject({ fault: null, kept: 'one' });
    await expect(moveToPostgres(dataDir, url)).rejects.toThrow(/Another process uses/);
    await sql`delete from settings where key = 'z'`.execute(source.db);
    await source.close();
    expect(await moveToPostgres(dataDir, url)).toMatchObject({ level: expect.any(String) });
    await expect(moveToPostgres(dataDir, url)).rejects.toThrow(/is not empty/);
  });

  it('writes over no store in a folder, and leaves none behind where it fails', async () => {
    const url = await newDatabase();
    const dataDir = await filled();
    await expect(moveToFolder(url, dataDir)).rejects.toThrow(/has a store already/);
    const empty = newFolder();
    await expect(moveToFolder(url, empty)).rejects.toThrow(/no store to copy/);
    expect(existsSync(join(empty, 'cyclorama.sqlite'))).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('cyclorama.sqlite.moving');
  });
});
