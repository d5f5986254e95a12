import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

type Sealed = { id: string; value: string };

/** A column that holds text sealed for `purpose` (`lib/secret-box.ts`). */
export type SealedColumn = {
  name: string;
  purpose: string;
  /** In the order of their ids; of a null column only rows that have a value. */
  after(db: Kysely<Database>, id: string, limit: number): Promise<Sealed[]>;
  /** Unless it was changed meanwhile. */
  replace(db: Kysely<Database>, seen: Sealed, value: string): Promise<unknown>;
};

function column(
  table: 'claims' | 'claim_batches',
  name: 'token' | 'variables',
  purpose: string,
): SealedColumn {
  // Both tables are given as one of them: `token` is a column of claims only.
  const from = table as 'claims';
  return {
    name: `${table}.${name}`,
    purpose,
    async after(db, id, limit) {
      const rows = await db
        .selectFrom(from)
        .select(['id', `${name} as value`])
        .where('id', '>', id)
        .where(name, 'is not', null)
        .where(name, '!=', '')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => (row.value === null ? [] : [{ id: row.id, value: row.value }]));
    },
    replace: (db, seen, value) =>
      db
        .updateTable(from)
        .set({ [name]: value })
        .where('id', '=', seen.id)
        .where(name, '=', seen.value)
        .execute(),
  };
}

function setting(key: string, purpose: string): SealedColumn {
  return {
    name: `settings.${key}`,
    purpose,
    async after(db, id) {
      const rows = await db.selectFrom('settings').selectAll().where('key', '=', key).execute();
      return id === '' ? rows.map((row) => ({ id: row.key, value: row.value })) : [];
    },
    replace: (db, seen, value) =>
      db
        .updateTable('settings')
        .set({ value })
        .where('key', '=', key)
        .where('value', '=', seen.value)
        .execute(),
  };
}

const refreshTokens: SealedColumn = {
  name: 'oidc_grants.refresh_token',
  purpose: 'oidc refresh tokens',
  async after(db, id, limit) {
    const rows = await db
      .selectFrom('oidc_grants')
      .select(['person', 'refresh_token'])
      .where('person', '>', id)
      .orderBy('person')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ id: row.person, value: row.refresh_token }));
  },
  replace: (db, seen, value) =>
    db
      .updateTable('oidc_grants')
      .set({ refresh_token: value })
      .where('person', '=', seen.id)
      .where('refresh_token', '=', seen.value)
      .execute(),
};

/** Everything the store keeps sealed. Cookies are sealed too, but end by themselves. */
export const sealedColumns: readonly SealedColumn[] = [
  column('claims', 'token', 'claims'),
  column('claims', 'variables', 'claims'),
  column('claim_batches', 'variables', 'claims'),
  setting('rerobots-token', 'rerobots-token'),
  refreshTokens,
];
