import { setTimeout as sleep } from 'node:timers/promises';

import { Pool, TypeOverrides } from 'pg';

import type { Logger } from '../lib/logger.ts';

/** What the server's connections are called in `pg_stat_activity`. */
export const APPLICATION_NAME = 'cyclorama';
const INT8 = 20;
const NUMERIC = 1700;
const PAUSE_MS = 500;
/** A transaction in which nothing happens for this long is rolled back by the server. */
const ABANDONED_MS = 10_000;
/** Not reachable yet, starting or recovering ("PostgreSQL error codes": cannot_connect_now). */
const notYet = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', '57P03']);

/**
 * Waits at most `patienceMs` for a server that is starting; rejects with its refusal, or where it does not answer in
 * time.
 */
export async function connectPostgres(
  connectionString: string,
  patienceMs: number,
  logger: Pick<Logger, 'warn'>,
): Promise<Pool> {
  const types = parseNumbers(new TypeOverrides());
  const pool = new Pool({
    connectionString,
    types,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: APPLICATION_NAME,
    // A paused process must not hold its locks: other replicas wait for them.
    idle_in_transaction_session_timeout: ABANDONED_MS,
  });
  // A broken connection is replaced at the next query, which throws if that fails. Idle connections emit `error` on the
  // pool, busy ones on the client; unhandled, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await answering(pool, performance.now() + patienceMs, logger);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Times and counts stay far below 2^53, and the page expects numbers, as SQLite returns them. */
export function parseNumbers(types: TypeOverrides): TypeOverrides {
  types.setTypeParser(INT8, Number);
  types.setTypeParser(NUMERIC, Number);
  return types;
}

async function answering(pool: Pool, until: number, logger: Pick<Logger, 'warn'>): Promise<void> {
  for (let told = false; ; told = true) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!notYet.has(code) || performance.now() >= until) throw error;
      if (!told) logger.warn({ reason: code }, 'the database does not take connections yet; waiting for it');
      await sleep(PAUSE_MS);
    }
  }
}
