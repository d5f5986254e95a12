import { setImmediate as turnOfEvents } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import type { Database } from './schema.ts';

/** Writes that share durable transactions: a commit costs a wait for the disk, whatever it holds. */
export type GroupCommit = {
  /**
   * Runs `work` inside a transaction and resolves once that is durable. `work` may be run a second time, in a
   * transaction of its own, where another of the group failed: it must do nothing but read and write the store.
   */
  run<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T>;
};

type Job = {
  work: (db: Kysely<Database>) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

/** Most writes of one group, so that none waits for long. */
const mostAtOnce = 64;

/**
 * Groups what is asked for in one turn of events and while the last group is being committed. SQLite commits without
 * letting other work go on, so without that turn each answer that has arrived would be a group of its own.
 */
export function createGroupCommit(db: Kysely<Database>): GroupCommit {
  const waiting: Job[] = [];
  let committing = false;

  const alone = async ({ work, resolve, reject }: Job): Promise<void> => {
    try {
      resolve(await db.transaction().execute(work));
    } catch (error) {
      reject(error);
    }
  };

  const together = async (jobs: Job[]): Promise<void> => {
    let results: unknown[];
    try {
      results = await db.transaction().execute(async (transaction) => {
        const made: unknown[] = [];
        for (const { work } of jobs) made.push(await work(transaction));
        return made;
      });
    } catch {
      // Nothing of the group is stored: each gets a transaction of its own, so that only the faulty one fails.
      for (const job of jobs) await alone(job);
      return;
    }
    for (const [index, job] of jobs.entries()) job.resolve(results[index]);
  };

  const drain = async (): Promise<void> => {
    committing = true;
    while (waiting.length > 0) {
      await turnOfEvents();
      const jobs = waiting.splice(0, mostAtOnce);
      const [only] = jobs;
      await (jobs.length === 1 && only ? alone(only) : together(jobs));
    }
    committing = false;
  };

  return {
    run<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as Job['resolve'], reject });
        if (!committing) void drain();
      });
    },
  };
}
