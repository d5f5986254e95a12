import type { BatchesResponse, BatchRequest, ClaimBatch } from '@cyclorama/shared/claims.ts';
import { batchStateRefusal } from '@cyclorama/shared/rules/batches.ts';

import type { ActivityNote } from '../../../lib/activity-note.ts';
import { AppError } from '../../../lib/errors.ts';
import type { RequestKey } from '../../../lib/idempotency.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn, refuseIf } from '../../../lib/refuse.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import {
  batchById,
  claimsOfBatch,
  batchesByIds,
  countOpenBatches,
  insertBatch,
  listBatches,
  markStopping,
  releaseRunsAt,
} from '../../../store/claim-batches.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import { LEASE_MS } from '../../../store/leases.ts';
import { lockQuota } from '../../../store/quota-lock.ts';
import { enabled } from '../claims/parts.ts';
import type { ClaimsParts } from '../claims/parts.ts';
import { refusalOf } from '../claims/rules.ts';
import { createBatchLeases } from './leases.ts';
import { presentBatch } from './presenter.ts';
import { createBatchRunner } from './runner.ts';

const MAX_LISTED = 100;
const RELEASE_CONCURRENCY = 8;
/** Each may be a thousand runs. */
const MAX_OPEN_PER_PERSON = 20;

export type BatchesService = ReturnType<typeof createBatchesService>;

export function createBatchesService(parts: ClaimsParts) {
  const { db, clock, box, newId, processId, changeOnRecord, mutex, executor, logger } = parts;
  const runner = createBatchRunner(parts);
  const leases = createBatchLeases(parts);

  const existing = async (id: string): Promise<BatchRow> => {
    const row = runner.rowOf(id) ?? (await batchById(db, id));
    if (row) return row;
    throw new AppError('not-found', 'There is no batch with this id.');
  };

  const noteOf = (row: BatchRow, actor: string, action: string, detail: string): ActivityNote => {
    const subject = { kind: 'claim-batch', id: row.id, name: row.container_name };
    return { actor, action, subject, outcome: 'started', detail };
  };

  const newRow = (
    { environmentVariables, ...body }: BatchRequest,
    name: string,
    owner: string,
  ): BatchRow => ({
    id: newId(),
    container_id: body.containerId,
    container_name: name,
    owner,
    state: 'running',
    count: body.count,
    concurrency: body.concurrency,
    variables: box.seal(JSON.stringify(environmentVariables)),
    release_after_seconds: body.releaseAfterSeconds ?? null,
    started: 0,
    open: 0,
    done: 0,
    failed: 0,
    failures: '[]',
    requested_at: clock.now(),
    ended_at: null,
    runner: processId,
    lease_until: clock.now() + LEASE_MS,
  });

  const releaseOpenRuns = async (batchId: string, person: Person): Promise<void> => {
    const mayRelease = (row: ClaimRow): boolean => refusalOf('release', row, clock.now()) === null;
    const open = (await claimsOfBatch(db, batchId)).filter(mayRelease);
    const outcomes = await settleWithLimit(open, RELEASE_CONCURRENCY, ({ id }) =>
      mutex.run(id, async () => {
        const row = await parts.existing(id);
        if (mayRelease(row)) await executor.release(row, person.name, 'the batch was stopped');
      }),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      logger.warn({ err: outcome.reason, batchId }, 'a run of a stopped batch could not be released');
    }
  };

  return {
    async create(
      body: BatchRequest,
      person: Person,
      requestKey: RequestKey | null = null,
    ): Promise<ClaimBatch> {
      const container = enabled(parts.containerOf(body.containerId));
      const row = newRow(body, container.name, person.name);
      const detail = `${row.count} runs, ${row.concurrency} at a time.`;
      await mutex.run(`batches of ${person.name}`, async () => {
        await changeOnRecord(async (within, note) => {
          await lockQuota(within, `batches of ${person.name}`);
          if ((await countOpenBatches(within, person.name)) >= MAX_OPEN_PER_PERSON) throw tooManyOpen();
          await insertBatch(within, row, requestKey);
          note(noteOf(row, person.name, 'batch.start', detail));
        });
      });
      await runner.hold(row);
      return presentBatch(await existing(row.id));
    },

    async list(): Promise<BatchesResponse> {
      const rows = await listBatches(db, MAX_LISTED);
      return { batches: rows.map((row) => presentBatch(runner.rowOf(row.id) ?? row)) };
    },

    detail: async (id: string): Promise<ClaimBatch> => presentBatch(await existing(id)),

    reread: async (ids: string[]): Promise<ClaimBatch[]> => (await batchesByIds(db, ids)).map(presentBatch),

    /** Cancels runs that wait for an instance. Open runs continue, or are released with `release`. */
    async stop(id: string, { release }: { release: boolean }, person: Person): Promise<ClaimBatch> {
      const row = await existing(id);
      checkMayActOn(row, person);
      refuseIf(batchStateRefusal(presentBatch(row)));
      const detail = release ? 'Open runs are released.' : 'Open runs continue.';
      await changeOnRecord(async (within, note) => {
        const stopping = await markStopping(within, id);
        if (stopping !== null) note(noteOf(row, person.name, 'batch.stop', detail));
      });
      if (release) await releaseRunsAt(db, id, clock.now());
      runner.stop(id, person.name, release);
      if (release) await releaseOpenRuns(id, person);
      return presentBatch(await existing(id));
    },

    async resume(): Promise<void> {
      for (const row of await leases.takeAtStart()) await runner.hold(row);
    },
    async tick(): Promise<void> {
      for (const row of await leases.takeAbandoned()) await runner.hold(row);
      await runner.tick();
    },
    close: (): Promise<void> => runner.close(),
  };
}

function tooManyOpen(): AppError {
  const message = `You have ${MAX_OPEN_PER_PERSON} batches running, the most allowed at a time. No batch was started.`;
  return new AppError('rate-limited', message, {
    hint: 'Stop one, or wait until one has ended.',
    retryAfterSeconds: 30,
  });
}
