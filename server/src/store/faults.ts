import type { Engine } from './engine.ts';

export type StoreFault = {
  kind: 'full' | 'read-only' | 'damaged' | 'away';
  message: string;
  hint: string;
};

const kindOfSqlite: [RegExp, StoreFault['kind']][] = [
  [/^(SQLITE_FULL|SQLITE_IOERR_SHM|ENOSPC|EDQUOT)/, 'full'],
  [/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/, 'read-only'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'damaged'],
  [/^SQLITE_IOERR/, 'away'],
];

/** Network errors, and classes 08, 25, 53 and 57P ("PostgreSQL error codes"). */
const kindOfPostgres: [RegExp, StoreFault['kind']][] = [
  [/^53100/, 'full'],
  [/^25006/, 'read-only'],
  [/^(XX001|XX002)/, 'damaged'],
  [/^(08|57P0|53|25P03)/, 'away'],
  [/^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOENT|ENOTFOUND|EAI_AGAIN)/, 'away'],
];

/** pg reports these without a code. */
const postgresGone =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

const words: Record<Engine, Record<StoreFault['kind'], Omit<StoreFault, 'kind'>>> = {
  sqlite: {
    full: {
      message: 'The disk that holds the data is full.',
      hint: 'Free some space on the volume of DATA_DIR.',
    },
    'read-only': {
      message: 'The data can’t be written.',
      hint: 'Give the user this process runs as the right to write to DATA_DIR and the files in it.',
    },
    damaged: {
      message: 'The data file is damaged.',
      hint: 'Stop the server and replace cyclorama.sqlite in DATA_DIR with a backup, or move the file away to start empty.',
    },
    away: {
      message: 'The disk that holds the data reports errors.',
      hint: 'Check the volume of DATA_DIR and the system’s log.',
    },
  },
  postgres: {
    full: { message: 'The disk of the database is full.', hint: 'Free some space on its server.' },
    'read-only': {
      message: 'The database is read-only.',
      hint: 'Set DATABASE_URL to the primary server.',
    },
    damaged: {
      message: 'The database is damaged.',
      hint: 'Restore it from a backup.',
    },
    away: {
      message: 'The database does not answer.',
      hint: 'Check that PostgreSQL runs and can be reached at DATABASE_URL.',
    },
  },
};

export function storeFaultOf(error: unknown, engine: Engine): StoreFault | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const kinds = engine === 'sqlite' ? kindOfSqlite : kindOfPostgres;
  const kind =
    kinds.find(([pattern]) => pattern.test(code))?.[1] ??
    (engine === 'postgres' && postgresGone.test(error.message) ? 'away' : undefined);
  return kind === undefined ? null : { kind, ...words[engine][kind] };
}
