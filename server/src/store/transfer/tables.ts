import { hash } from 'node:crypto';

import type { Kysely } from 'kysely';
import { sql } from 'kysely';

import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';

/** `identity`: columns whose values the engine counts up by itself. */
export type Table = { name: string; columns: string[]; identity: string[] };
export type Row = Record<string, string | number | Uint8Array | null>;
export type TableCount = { name: string; rows: number; digest: string };

/** A backup's own. */
export const MANIFEST_TABLE = 'backup_manifest';

/** All of the store's, by name; Kysely's are left out. */
export async function tablesOf(db: Kysely<Database>, engine: Engine): Promise<Table[]> {
  const schema = engine === 'postgres' ? await currentSchema(db) : undefined;
  const found = await db.introspection.getTables();
  return found
    .filter(
      (table) =>
        !table.isView && table.name !== MANIFEST_TABLE && (schema === undefined || table.schema === schema),
    )
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name).toSorted(),
      identity: columns.filter((column) => column.isAutoIncrementing).map((column) => column.name),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function currentSchema(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema ?? 'public';
}

const LANES = 8;

/** Counts rows and hashes them as a set, since the engines order text differently: SHA-256 of each, summed in lanes of 32 bits. */
export function createTableCount({ name, columns }: Table) {
  const lanes = new Uint32Array(LANES);
  let rows = 0;
  return {
    add(some: readonly Row[]): void {
      rows += some.length;
      for (const row of some) {
        const bytes = hash('sha256', JSON.stringify(columns.map((column) => plain(row[column]))), 'buffer');
        for (let lane = 0; lane < LANES; lane += 1) lanes[lane]! += bytes.readUInt32LE(lane * 4);
      }
    },
    total(): TableCount {
      return { name, rows, digest: Buffer.from(lanes.buffer).toString('hex') };
    },
  };
}

function plain(value: Row[string] | undefined): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}
