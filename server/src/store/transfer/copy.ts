import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';

import { levelOf } from '../level.ts';
import { migrationsFor } from '../migrations/index.ts';
import { StoreError } from '../store-error.ts';
import { countOn } from './sides.ts';
import type { Side } from './sides.ts';
import { createTableCount, tablesOf } from './tables.ts';
import type { Row, Table, TableCount } from './tables.ts';

export type Copied = { level: string; tables: TableCount[] };

/**
 * Makes the tables in the empty `to`, at the level of `from`, copies all rows, reads them back and compares counts and
 * hashes.
 * @throws StoreError where they differ, or a text can't be stored there.
 */
export async function copyStore(from: Side, to: Side): Promise<Copied> {
  const { last: level } = await levelOf(from.db, from.engine);
  if (level === null) throw new StoreError('There is no store to copy: it has no tables yet.');
  const { error } = await new Migrator({ db: to.db, provider: migrationsFor(to.engine) }).migrateTo(level);
  if (error !== undefined) throw error;
  const tables = await tablesOf(from.db, from.engine);
  const targets = await tablesOf(to.db, to.engine);
  if (shapeOf(tables) !== shapeOf(targets))
    throw new StoreError(`The tables of the two stores differ at ${level}. Nothing was changed.`);
  const copied: TableCount[] = [];
  for (const table of targets) {
    // Migrations leave rows too.
    await sql`delete from ${sql.table(table.name)}`.execute(to.db);
    const read = await copyTable(table, from, to);
    const written = await countRows(to, table);
    if (read.rows !== written.rows || read.digest !== written.digest) {
      throw new StoreError(
        `The table ${table.name} is not the same after copying (${read.rows} rows read, ${written.rows} there, with other content). Nothing was changed.`,
      );
    }
    await countOn(to, table);
    copied.push(read);
  }
  return { level, tables: copied };
}

async function copyTable(table: Table, from: Side, to: Side): Promise<TableCount> {
  const count = createTableCount(table);
  for await (const rows of from.read(table)) {
    count.add(rows);
    await write(to, table, rows);
  }
  return count.total();
}

async function write(to: Side, table: Table, rows: readonly Row[]): Promise<void> {
  try {
    await to.write(table, rows);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown fault';
    throw new StoreError(
      `A row of the table ${table.name} can't be stored there: ${reason}. Nothing was changed.`,
      { cause },
    );
  }
}

async function countRows(side: Side, table: Table): Promise<TableCount> {
  const count = createTableCount(table);
  for await (const rows of side.read(table)) count.add(rows);
  return count.total();
}

/** By name, with every row counted and hashed. */
export async function countTables(side: Side): Promise<TableCount[]> {
  const counts: TableCount[] = [];
  for (const table of await tablesOf(side.db, side.engine)) counts.push(await countRows(side, table));
  return counts;
}

const shapeOf = (tables: readonly Table[]): string =>
  JSON.stringify(tables.map(({ name, columns }) => [name, columns]));
