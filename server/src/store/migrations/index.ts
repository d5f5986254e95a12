import type { Migration, MigrationProvider } from 'kysely/migration';

import type { Engine } from '../engine.ts';
import { initial } from './0001-initial.ts';

/** All migrations in order; a released one is never changed, only followed. */
export function migrationsFor(engine: Engine): MigrationProvider {
  const migrations: Record<string, Migration> = { '0001-initial': initial(engine) };
  return { getMigrations: () => Promise.resolve(migrations) };
}
