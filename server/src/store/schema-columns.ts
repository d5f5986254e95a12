import type { ColumnType, Generated } from 'kysely';

/**
 * Times are epoch milliseconds, booleans 0 or 1, JSON text: one schema for SQLite and PostgreSQL. States are those this
 * release knows; repositories check what they read (known-values.ts).
 */
export type Ms = number;
export type Flag = 0 | 1;
export type Identity = Generated<number>;
export type Insertable<T> = ColumnType<T, T, T>;
