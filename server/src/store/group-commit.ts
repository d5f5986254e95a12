import { setTimeout as sleep, setImmediate as turnOfEvents } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import type { Commit } from './commit.ts';
import type { Database } from './schema.ts';

/** Writes that share durable transactions: a commit costs a wait for the disk, whatever it holds. */
export type GroupCommit<W> = {
  /**
   * Runs `work` inside a transaction and resolves once that is durable. `work` may be run a second time, in a
   * transaction of its own, where another of the group failed: it must do nothing but read and write the store.
   */
  run<T>(work: (writes: W) => Promise<T>): Promise<T>;
};

type Job<W> = {
  work: (writes: W) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

/** What one transaction's work is given, and what is left to write when all of it is done. */
type Writing<W> = { begin: (db: Kysely<Database>) => W; end: (writes: W) => Promise<void> };

/** Most writes of one group, so that none waits for long. */
const MOST_AT_ONCE = 64;
/** Where one group follows another within this time, it gathers for a moment first. */
const THICK_MS = 2;
const GATHER_MS = 1;

/**
 * Groups what is asked for in one turn of events and while the last group is being committed. SQLite commits without
 * letting other work go on, so without that turn each answer that has arrived would be a group of its own.
 */
export function createGroupCommit<W>(commit: Commit, { begin, end }: Writing<W>): GroupCommit<W> {
  const waiting: Job<W>[] = [];
  let committing = false;
  let begunAt = Number.NEGATIVE_INFINITY;

  /** All or nothing: the results of the jobs in their order. */
  const write = (jobs: Job<W>[]): ReturnType<typeof commit<unknown[]>> =>
    commit(async (transaction) => {
      const writes = begin(transaction);
      const results: unknown[] = [];
      for (const { work } of jobs) results.push(await work(writes));
      await end(writes);
      return results;
    });

  /** Returns at the commit; the jobs are told when it is durable, while the next group is being written. */
  const settle = async (jobs: Job<W>[]): Promise<void> => {
    const tellAll = (error: unknown): void => {
      for (const { reject } of jobs) reject(error);
    };
    try {
      const { result, durable } = await write(jobs);
      const tell = (): void => {
        for (const [index, job] of jobs.entries()) job.resolve(result[index]);
      };
      durable.then(tell, tellAll);
    } catch (error) {
      // Nothing of the group is stored: each gets a transaction of its own, so that only the faulty one fails.
      if (jobs.length > 1) for (const job of jobs) await settle([job]);
      else tellAll(error);
    }
  };

  const drain = async (): Promise<void> => {
    committing = true;
    while (waiting.length > 0) {
      await (performance.now() - begunAt < THICK_MS ? sleep(GATHER_MS) : turnOfEvents());
      begunAt = performance.now();
      await settle(waiting.splice(0, MOST_AT_ONCE));
    }
    committing = false;
  };

  return {
    run<T>(work: (writes: W) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job<W>['resolve'], reject });
        if (!committing) void drain();
      });
    },
  };
}
