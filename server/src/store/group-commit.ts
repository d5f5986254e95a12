import { setTimeout as sleep, setImmediate as nextTurn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import { boundToRequest, outsideRequests } from '../lib/request-context.ts';
import type { Commit } from './commit.ts';
import type { Database } from './schema.ts';

/** Writes share durable transactions: a commit costs one disk sync, whatever it holds. */
export type GroupCommit<W> = {
  /**
   * Resolves once the transaction is durable. `work` may run twice, the second time in its own transaction, when
   * another job of the group failed: it must only read and write the store.
   */
  run<T>(work: (writes: W) => Promise<T>): Promise<T>;
};

type Job<W> = {
  work: (writes: W) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

/** `end` runs when all work of the transaction is done. */
type Writing<W> = { begin: (db: Kysely<Database>) => W; end: (writes: W) => Promise<void> };

/** Limits how long a write waits for its group. */
const MAX_GROUP = 64;
/** If the last group was this recent, the next one waits a moment to grow. */
const RECENT_MS = 2;
const GATHER_MS = 1;

/**
 * Groups the writes requested in one turn of the event loop and during the last commit. SQLite commits synchronously,
 * so without waiting for that turn each response would commit alone.
 */
export function createGroupCommit<W>(commit: Commit, { begin, end }: Writing<W>): GroupCommit<W> {
  const waiting: Job<W>[] = [];
  let committing = false;
  let begunAt = Number.NEGATIVE_INFINITY;

  /** All or nothing; results in the order of the jobs. */
  const write = (jobs: Job<W>[]): ReturnType<typeof commit<unknown[]>> =>
    commit(async (transaction) => {
      const writes = begin(transaction);
      const results: unknown[] = [];
      for (const { work } of jobs) results.push(await work(writes));
      await end(writes);
      return results;
    });

  /** Resolves at the commit; the jobs resolve when it is durable, while the next group is written. */
  const settle = async (jobs: Job<W>[]): Promise<void> => {
    const rejectAll = (error: unknown): void => {
      for (const { reject } of jobs) reject(error);
    };
    try {
      const { result, durable } = await write(jobs);
      const resolveAll = (): void => {
        for (const [index, job] of jobs.entries()) job.resolve(result[index]);
      };
      durable.then(resolveAll, rejectAll);
    } catch (error) {
      // Nothing was stored: each job gets its own transaction, so that only the faulty one fails.
      if (jobs.length > 1) for (const job of jobs) await settle([job]);
      else rejectAll(error);
    }
  };

  const drain = async (): Promise<void> => {
    committing = true;
    while (waiting.length > 0) {
      await (performance.now() - begunAt < RECENT_MS ? sleep(GATHER_MS) : nextTurn());
      begunAt = performance.now();
      await settle(waiting.splice(0, MAX_GROUP));
    }
    committing = false;
  };

  return {
    run<T>(work: (writes: W) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work: boundToRequest(work), resolve: resolve as Job<W>['resolve'], reject });
        if (!committing) void outsideRequests(drain);
      });
    },
  };
}
