import { z } from 'zod';

import { databaseUrl, text, wholeNumber } from './config-values.ts';

/** Where what is remembered lies, and how much of it. */
export const storeVariables = {
  DATA_DIR: {
    schema: text('the path of a folder').default('./.data'),
    doc: 'Folder of the SQLite file and of the generated session secret; keep it on a volume.',
    fallback: '`./.data`',
  },
  DATABASE_URL: {
    schema: databaseUrl.optional(),
    doc: 'PostgreSQL to use in place of the SQLite file; replicas share it.',
    fallback: 'the SQLite file',
    secret: true,
  },
  UPGRADE_BACKUP: {
    schema: z.enum(['on', 'off'], { error: 'expected on or off' }).default('on'),
    doc: 'Whether a new version backs the data up in `DATA_DIR` before it changes its tables, also from PostgreSQL; without room there the start is refused.',
    fallback: '`on`',
  },
  HISTORY_MAX_MB: {
    schema: wholeNumber('how many megabytes, from 16 to 1000000', 16, 1_000_000).default(2_048),
    doc: 'How much telemetry and past topology is kept, in megabytes; beyond that the oldest of the finest goes first (docs/operations.md).',
    fallback: '`2048`',
  },
  LEDGER_RETENTION_DAYS: {
    schema: wholeNumber('how many days, from 30 to 3650', 30, 3650).default(400),
    doc: 'For how many days claims, bookings, tasks and batches are kept once they are over; what is open stays.',
    fallback: '`400`',
  },
  EVENT_RETENTION_DAYS: {
    schema: wholeNumber('how many days, from 2 to 400', 2, 400).default(30),
    doc: 'For how many days is kept what happened to instances and containers: deployments, restarts, failures, changed settings.',
    fallback: '`30`',
  },
} as const;
