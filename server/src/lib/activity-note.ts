import type { ActivityEntry, ActivityWay } from '@cyclorama/shared/activity.ts';

/**
 * Never tokens, passwords or variable values. The time is the clock's; address, request and way in are those of the
 * request it is made in.
 */
export type ActivityNote = {
  /** Null: the system itself. */
  actor: string | null;
  action: string;
  subject?: { kind: string; id: string; name: string } | null;
  outcome: ActivityEntry['outcome'];
  detail?: string | null;
  /** As the person gave it. */
  reason?: string | null;
  /** A setting, role or rule that is changed. */
  before?: string | null;
  after?: string | null;
  /** Where the person comes in by this very request: a sign-in. */
  way?: { kind: ActivityWay; id: string };
};

/**
 * For what was seen or refused, has happened already, or must not wait for the store. Never throws: while the store
 * fails, the entry is kept in memory and in a signed line of the log, and stored when the store works again.
 */
export type RecordActivity = (note: ActivityNote) => Promise<void>;

/** `quietMs`: the same `what` is not recorded again for this long; longer than replicas take to see the same. */
export type Detection = { what: string; at: number; quietMs: number };

/** For what every replica sees: the first of them records it, as `RecordActivity` does. */
export type RecordDetection = (note: ActivityNote, detection: Detection) => Promise<void>;

/** @throws AppError `store-unavailable` where the entry can't be stored: then what it says must not be done. */
export type PutOnRecord = (note: ActivityNote) => Promise<void>;

/**
 * Stores the intent, then does the deed, then stores its outcome as an entry that names the first. `ended` says more of
 * what was done. @throws AppError `store-unavailable` where the intent can't be stored: then nothing was done.
 */
export type CarryOut = <T>(
  intent: Omit<ActivityNote, 'outcome'>,
  deed: () => Promise<T>,
  ended?: (result: T) => Partial<Pick<ActivityNote, 'outcome' | 'detail' | 'before' | 'after'>>,
) => Promise<T>;
