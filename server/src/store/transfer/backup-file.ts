import { chmodSync, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';

import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';

import { putInPlace } from '../durable-files.ts';
import { levelOf } from '../level.ts';
import { faultIn } from '../sqlite-file.ts';
import { StoreError } from '../store-error.ts';
import { countTables } from './copy.ts';
import { inSqlite } from './sides.ts';
import { MANIFEST_TABLE } from './tables.ts';

const manifest = z.object({
  madeAt: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  level: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), digest: z.string() })),
});
export type Manifest = z.output<typeof manifest>;

/**
 * Whatever the engine, a backup is a SQLite file with the store's tables and one more, that tells what must be in them:
 * SQLite finds a damaged structure, but no changed value.
 */
export async function writeBackup(
  path: string,
  fill: (partial: string) => Promise<Omit<Manifest, 'madeAt'>>,
  now = new Date(),
): Promise<Manifest> {
  if (existsSync(path)) throw new StoreError(`${path} is there already. Name another file.`);
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  try {
    const made: Manifest = { madeAt: now.toISOString(), ...(await fill(partial)) };
    const database = new SqliteDatabase(partial);
    try {
      database.exec(`create table ${MANIFEST_TABLE} (content text not null)`);
      database.prepare(`insert into ${MANIFEST_TABLE} values (?)`).run(JSON.stringify(made));
    } finally {
      database.close();
    }
    // Tokens and sessions are in it.
    chmodSync(partial, 0o600);
    await putInPlace(partial, path);
    return made;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Changes nothing but the file's own form. @throws StoreError where it is no backup, damaged, or of a newer version. */
export async function checkBackup(path: string): Promise<Manifest> {
  if (!existsSync(path)) throw new StoreError(`There is no file ${path}.`);
  const database = new SqliteDatabase(path, { readonly: true });
  try {
    const found = readManifest(database, path);
    const fault = faultIn(database);
    if (fault !== null) throw damaged(path, fault);
    await inSqlite(database, async (side) => {
      await levelOf(side.db, 'sqlite');
      const counts = await countTables(side);
      const expected = new Map(found.tables.map((table) => [table.name, table]));
      for (const { name, rows, digest } of counts) {
        const table = expected.get(name);
        if (table?.rows !== rows || table.digest !== digest)
          throw damaged(path, `the table ${name} is not as it was written`);
      }
      if (counts.length !== found.tables.length) throw damaged(path, 'a table is missing');
    });
    return found;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw damaged(path, error instanceof Error ? error.message : 'unknown fault', error);
  } finally {
    database.close();
  }
}

function readManifest(database: SqliteDatabase.Database, path: string): Manifest {
  const has = database.prepare('select 1 from sqlite_master where name = ?').get(MANIFEST_TABLE);
  if (has === undefined)
    throw new StoreError(`${path} was not made by \`npm run backup\`. Nothing was changed.`);
  const row = database.prepare(`select content from ${MANIFEST_TABLE}`).get() as { content: string };
  return manifest.parse(JSON.parse(row.content));
}

function damaged(path: string, why: string, cause?: unknown): StoreError {
  return new StoreError(`The backup ${path} is damaged: ${why}. Nothing was changed. Take another one.`, {
    cause,
  });
}
