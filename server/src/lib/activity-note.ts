import type { ActivityEntry } from '@cyclorama/shared/activity.ts';

/** Never tokens, passwords or variable values. The time is the clock's. */
export type ActivityNote = {
  /** Null: the system itself. */
  actor: string | null;
  action: string;
  subject?: { kind: string; id: string; name: string } | null;
  outcome: ActivityEntry['outcome'];
  detail?: string | null;
};

/** Writes an entry and pushes it to all browsers. Never throws: what it reports has happened already. */
export type RecordActivity = (note: ActivityNote) => Promise<void>;
