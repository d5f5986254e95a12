import type { Kysely } from 'kysely';

import type { Logger } from '../lib/logger.ts';
import type { Service } from '../lib/service.ts';
import { IDLE_MS } from './postgres-session.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Database } from './schema.ts';

/** Any number: all replicas on one database ask for this lock. */
const LOCK = 1_129_926_511;
/** What is believed here ends before PostgreSQL lets somebody else lead. */
const BELIEF_MS = IDLE_MS - 2_000;

/** Thrown by `fence` where another process may lead by now; nothing was written. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';
}

/** One of the replicas on a store leads the work that must be done once. */
export type Leader = {
  /** Ask at each round. False as soon as PostgreSQL has not confirmed it for a few seconds, also after a pause. */
  isLeader(): boolean;
  /** Runs while this process leads; may start again after it stopped. */
  whileLeading(service: Service): Service;
  /**
   * For a transaction that must not be written by two leaders: until it ends nobody else can begin to lead.
   * @throws NotLeading
   */
  fence(within: Kysely<Database>): Promise<void>;
};

/** Where no other process can share the store. */
export const soleLeader: Leader = {
  isLeader: () => true,
  whileLeading: (service) => service,
  fence: () => Promise.resolve(),
};

type Options = {
  session: PostgresSession;
  /** Names this process in the store. */
  processId: string;
  logger: Pick<Logger, 'info' | 'warn'>;
  beliefMs?: number;
};

/**
 * An advisory lock of the session says who leads, and a term that grows with each leader fences what an earlier one still
 * wants to write (docs/adr/0008).
 */
export function createPostgresLeader({ session, processId, logger, beliefMs = BELIEF_MS }: Options): Leader {
  let lead: { term: number; confirmedAt: number } | null = null;
  const settlers = new Set<() => Promise<void>>();

  const isLeader = (): boolean => lead !== null && performance.now() - lead.confirmedAt < beliefMs;
  const settleAll = (): void => settlers.forEach((settle) => void settle());
  const stepDown = (): void => {
    if (lead !== null) logger.info({ term: lead.term }, 'no longer leading the shared work');
    lead = null;
    settleAll();
  };

  session.add({
    async beat(client) {
      const confirmedAt = performance.now();
      if (lead === null) {
        const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) locked', [
          LOCK,
        ]);
        if (rows[0]?.locked !== true) return;
        const next = await client.query<{ term: string }>(
          'update leadership set term = term + 1, leader = $1, since = $2 where id = 1 returning term',
          [processId, Date.now()],
        );
        lead = { term: Number(next.rows[0]?.term), confirmedAt };
        logger.info({ term: lead.term }, 'leading the shared work');
      } else {
        await client.query('select 1');
        lead = { ...lead, confirmedAt };
      }
      settleAll();
    },
    lost: stepDown,
  });

  return {
    isLeader,
    whileLeading(service) {
      let isWanted = false;
      let isRunning = false;
      let turn = Promise.resolve();
      const toggle = async (): Promise<void> => {
        const shouldRun = isWanted && isLeader();
        if (shouldRun === isRunning) return;
        try {
          await (shouldRun ? service.start?.() : service.stop());
          isRunning = shouldRun;
        } catch (error) {
          logger.warn({ err: error }, 'shared work could not be started or stopped; it is tried again');
        }
      };
      const settle = (): Promise<void> => (turn = turn.then(toggle));
      return {
        start() {
          isWanted = true;
          settlers.add(settle);
          return settle();
        },
        async stop() {
          isWanted = false;
          await settle();
          settlers.delete(settle);
        },
      };
    },
    async fence(within) {
      const { term } = await within
        .selectFrom('leadership')
        .select('term')
        .where('id', '=', 1)
        .forShare()
        .executeTakeFirstOrThrow();
      if (term !== lead?.term) throw new NotLeading('Another process leads the shared work by now.');
    },
  };
}
