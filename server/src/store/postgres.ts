import { setTimeout as sleep } from 'node:timers/promises';

import { Pool, TypeOverrides } from 'pg';

import type { Logger } from '../lib/logger.ts';

const INT8 = 20;
const NUMERIC = 1700;
const PAUSE_MS = 500;
/** Not there yet, or starting up or recovering ("PostgreSQL error codes": cannot_connect_now). */
const notYet = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', '57P03']);

/**
 * A pool of connections to a server that answers. One that is only starting is waited for, `patienceMs` at most;
 * rejects with its refusal, or where it does not answer in time.
 */
export async function connectPostgres(
  connectionString: string,
  patienceMs: number,
  logger: Pick<Logger, 'warn'>,
): Promise<Pool> {
  const types = new TypeOverrides();
  // Times and counts stay far below 2^53, and the page wants numbers as SQLite gives them.
  types.setTypeParser(INT8, Number);
  types.setTypeParser(NUMERIC, Number);
  const pool = new Pool({ connectionString, types, max: 10, connectionTimeoutMillis: 10_000 });
  // A connection that breaks is replaced at the next query, which tells where that can't be done. Unheard, the event
  // would end the process: the pool has it for an idle connection, the client for one that is lent out.
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
