import type { ActivityEntry } from '@cyclorama/shared/activity.ts';

/** What happened, as the features tell it; the time is the clock's. Never tokens, passwords or variable values. */
export type ActivityNote = {
  /** Null: the system itself. */
  actor: string | null;
  action: string;
  subject?: { kind: string; id: string; name: string } | null;
  outcome: ActivityEntry['outcome'];
  detail?: string | null;
};

/** Writes an entry and tells all browsers. Never throws: what it reports has happened already. */
export type RecordActivity = (note: ActivityNote) => Promise<void>;
