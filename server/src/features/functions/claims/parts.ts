import { poolRefusal } from '@cyclorama/shared/rules/claims.ts';
import type { Kysely } from 'kysely';

import type { PutOnRecord, RecordActivity } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import { checkMayActOn, refuseIf } from '../../../lib/refuse.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import { claimById } from '../../../store/claims.ts';
import type { ClaimRow } from '../../../store/claims.ts';
import type { Commit } from '../../../store/commit.ts';
import type { Leader } from '../../../store/leader.ts';
import type { ChangeOnRecord, RecordWithin } from '../../../store/on-record.ts';
import type { Database } from '../../../store/schema.ts';
import type { SchedulerClient } from '../../../upstream/scheduler/client.ts';
import type { FunctionContainer, FunctionDirectory } from '../function-directory.ts';
import { createClaimExecutor } from './executor.ts';
import { createLedger } from './ledger.ts';
import { createReconciler } from './reconciler.ts';
import { createClaimRuns } from './runs.ts';

export type ClaimsDeps = {
  db: Kysely<Database>;
  commit: Commit;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  record: RecordActivity;
  putOnRecord: PutOnRecord;
  changeOnRecord: ChangeOnRecord;
  recordWithin: RecordWithin;
  scheduler: SchedulerClient;
  directory: FunctionDirectory;
  box: SecretBox;
  newId: () => string;
  /** An unguessable token, at least 32 URL-safe characters. */
  newToken: () => string;
  /** True if no other process can share the store (SQLite): unfinished work found at the start is then orphaned. */
  singleProcess: boolean;
  processId: string;
  /** Absent: this process leads. */
  leader?: Pick<Leader, 'isLeader'>;
  /** How long to wait for a claim's answer beyond the pool's queue time. */
  claimPatienceMs?: number;
};

export type ClaimsParts = ReturnType<typeof createClaimsParts>;

export function createClaimsParts(deps: ClaimsDeps) {
  const { db, directory } = deps;
  const mutex = createKeyedMutex();
  const ledger = createLedger(deps);
  const executor = createClaimExecutor({ ...deps, ledger });
  const reconciler = createReconciler({ ...deps, ledger, executor, mutex });
  const runs = createClaimRuns({ mutex, executor, reconciler, directory });

  /** @throws AppError `not-found` for an unknown id or a container that is no function container. */
  const containerOf = (id: string): FunctionContainer => {
    const container = directory.containers().find((one) => one.containerId === id);
    if (container !== undefined) return container;
    throw new AppError('not-found', 'There is no function container with this id.', {
      field: 'body.containerId',
    });
  };

  const existing = async (id: string): Promise<ClaimRow> => {
    const row = await claimById(db, id);
    if (!row) throw new AppError('not-found', 'There is no claim with this id.');
    return row;
  };

  /** @throws AppError `not-found`, or `forbidden` unless the person is its owner or an admin. */
  const ownedBy = async (id: string, person: Person): Promise<ClaimRow> => {
    const row = await existing(id);
    checkMayActOn(row, person);
    return row;
  };

  return { ...deps, mutex, ledger, executor, reconciler, runs, containerOf, existing, ownedBy };
}

export function enabled(container: FunctionContainer): FunctionContainer {
  refuseIf(poolRefusal(container));
  return container;
}
