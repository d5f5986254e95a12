import type { Transaction } from 'kysely';

import type {
  ActivityNote,
  CarryOut,
  Detection,
  PutOnRecord,
  RecordActivity,
  RecordDetection,
} from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import { createRecordSignature } from '../../lib/record-signature.ts';
import { currentRequest } from '../../lib/request-context.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { pendingEntries, signedParts } from '../../store/activity-chain.ts';
import type { ActivityRow, Kept, NewEntry, PendingEntries } from '../../store/activity-chain.ts';
import type { Commit } from '../../store/commit.ts';
import type { Store } from '../../store/database.ts';
import { isFirstToDetect } from '../../store/detections.ts';
import { createGroupCommit } from '../../store/group-commit.ts';
import type { ChangeOnRecord, RecordWithin } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';
import { presentActivity } from './presenter.ts';

export type Recorder = {
  record: RecordActivity;
  putOnRecord: PutOnRecord;
  carryOut: CarryOut;
  changeOnRecord: ChangeOnRecord;
  recordWithin: RecordWithin;
  recordDetection: RecordDetection;
};

/** An entry, and where it is recorded only if nobody has recorded the same. */
type Wanted = { entry: NewEntry; detection?: Detection };

type Deps = {
  commit: Commit;
  storeHealth: Pick<Store['health'], 'onChange'>;
  clock: Clock;
  hub: Pick<EventHub, 'publish'>;
  logger: Logger;
  secrets: Secrets;
};

type Added = { stored: () => ActivityRow; publish: () => void };
type Writes = { db: Transaction<Database>; entries: PendingEntries };
/** Entries kept in memory while the store fails. */
const MAX_KEPT = 1_000;

export function createRecorder({ commit, storeHealth, clock, hub, logger, secrets }: Deps): Recorder {
  const signature = createRecordSignature(secrets);
  const kept: Kept = new Map();
  const group = createGroupCommit<Writes>(commit, {
    begin: (db) => ({ db: db as Transaction<Database>, entries: pendingEntries(kept) }),
    end: ({ db, entries }) => entries.store(db),
  });

  const addTo = (entries: PendingEntries, entry: NewEntry): Added => {
    const stored = entries.add(entry);
    return {
      stored,
      publish: () => hub.publish({ type: 'activity', entry: presentActivity(stored(), 'viewer') }),
    };
  };

  /** Resolves with the entry's number; null where somebody else recorded the same. */
  const appendWanted = async ({ entry, detection }: Wanted): Promise<number | null> => {
    const added = await group.run(async ({ db, entries }) =>
      detection === undefined || (await isFirstToDetect(db, detection)) ? addTo(entries, entry) : null,
    );
    added?.publish();
    return added?.stored().id ?? null;
  };

  let unstored: Wanted[] = [];
  let lost = 0;
  const keep = (wanted: Wanted, error: unknown): void => {
    const { entry } = wanted;
    // Not `err`: what is on record nowhere else must be in the log, whatever the store's fault is.
    const reason = error instanceof Error ? error.message : String(error);
    const signed = { entry, signature: signature.sign(signedParts(entry)) };
    logger.error(
      { ...signed, reason },
      'an entry of the record could not be stored; it is kept and tried again',
    );
    unstored.push(wanted);
    if (unstored.length <= MAX_KEPT) return;
    unstored.shift();
    lost += 1;
  };
  const storeKept = async (): Promise<void> => {
    const all = unstored;
    unstored = [];
    for (const [index, wanted] of all.entries()) {
      try {
        await appendWanted(wanted);
      } catch {
        unstored = [...all.slice(index), ...unstored];
        return;
      }
    }
    if (lost === 0) return;
    const detail = `${lost} entries could not be stored while the store failed; the log has them.`;
    lost = 0;
    await record({ actor: null, action: 'activity.lost', outcome: 'failed', detail });
  };
  storeHealth.onChange((fault) => {
    if (fault === null && unstored.length > 0) void storeKept();
  });

  const tell = async (wanted: Wanted): Promise<void> => {
    try {
      await appendWanted(wanted);
    } catch (error) {
      keep(wanted, error);
    }
  };
  const record: RecordActivity = (note) => tell({ entry: entryOf(note, clock.now()) });

  const putFirst = async (entry: NewEntry): Promise<number> => {
    try {
      const { stored, publish } = await group.run(async ({ entries }) => addTo(entries, entry));
      publish();
      return stored().id;
    } catch (error) {
      throw notOnRecord(error);
    }
  };

  return {
    record,
    recordDetection: (note, detection) => tell({ entry: entryOf(note, clock.now()), detection }),
    recordWithin: (entries, note) => addTo(entries, entryOf(note, clock.now())).publish,
    async putOnRecord(note) {
      await putFirst(entryOf(note, clock.now()));
    },
    async carryOut(intent, deed, ended = () => ({})) {
      const first = entryOf({ ...intent, outcome: 'started' }, clock.now());
      const number = await putFirst(first);
      const end = (outcome: Partial<ActivityNote>): Promise<void> =>
        tell({
          entry: { ...entryOf({ ...intent, outcome: 'done', ...outcome }, clock.now()), intent: number },
        });
      try {
        const result = await deed();
        await end(ended(result));
        return result;
      } catch (error) {
        await end(outcomeOfFailure(error));
        throw error;
      }
    },
    async changeOnRecord(work) {
      try {
        const { result, publish } = await group.run(async ({ db, entries }) => {
          const publishers: (() => void)[] = [];
          const done = await work(db, (note) =>
            publishers.push(addTo(entries, entryOf(note, clock.now())).publish),
          );
          return { result: done, publish: publishers };
        });
        for (const one of publish) one();
        return result;
      } catch (error) {
        throw notOnRecord(error);
      }
    },
  };
}

/** An AppError is a refusal, unless the store failed after the deed; so is what an upstream certainly has not done. */
function outcomeOfFailure(error: unknown): Pick<ActivityNote, 'outcome' | 'detail'> {
  const undone =
    error instanceof AppError
      ? error.code !== 'store-unavailable'
      : error instanceof UpstreamError && error.certainlyNotDone;
  const isKnown = error instanceof AppError || error instanceof UpstreamError;
  const reason = isKnown ? error.message : 'It failed.';
  return undone
    ? { outcome: 'refused', detail: reason }
    : { outcome: 'failed', detail: `${reason} It may have been carried out.` };
}

function notOnRecord(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'store-unavailable') return error;
  const { message, hint, retryAfterSeconds } = error;
  return new AppError('store-unavailable', `Nothing was done, as it can’t be put on record. ${message}`, {
    hint,
    retryAfterSeconds,
    cause: error,
  });
}

/** Way in, address and request are those of the request `note` is made in, unless it is of somebody else. */
function entryOf(note: ActivityNote, at: number): NewEntry {
  const { actor, action, subject, outcome, detail, reason, before, after } = note;
  const request = currentRequest();
  const isTheirs = request !== undefined && (request.caller === null || request.caller.person === actor);
  const caller = isTheirs ? request.caller : null;
  return {
    at,
    actor,
    way: (note.way ?? caller?.way)?.kind ?? null,
    way_id: (note.way ?? caller?.way)?.id ?? null,
    way_name: caller?.way.name ?? null,
    address: isTheirs ? request.address : null,
    request_id: isTheirs ? request.requestId : null,
    action,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    subject_name: subject?.name ?? null,
    reason: reason ?? null,
    value_before: before ?? null,
    value_after: after ?? null,
    outcome,
    detail: detail ?? null,
    intent: null,
  };
}
