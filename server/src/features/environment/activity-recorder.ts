import type { ActivityNote, RecordDetection } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Collector } from './sync/collector.ts';
import type { ContainerChange, InstanceChange, SnapshotChange } from './sync/snapshot.ts';
import { instanceName } from './topology/presenter.ts';

/** Least time between two entries that say the same about the same subject. */
const QUIET_MS = 10 * 60_000;
/** A cap, so that a large outage does not flood the activity. */
const MAX_PER_MINUTE = 30;

type Deps = { collector: Pick<Collector, 'onChange'>; recordDetection: RecordDetection; clock: Clock };

/** Every replica sees the same; the first records it. */
export function createActivityRecorder({ collector, recordDetection, clock }: Deps): {
  start(): void;
  stop(): Promise<void>;
} {
  const recordedAt = new Map<string, number>();
  let minute = 0;
  let recordedThisMinute = 0;
  let unsubscribe: (() => void) | undefined;
  let writing = Promise.resolve();

  const shouldRecord = (key: string): boolean => {
    const now = clock.now();
    if (now - (recordedAt.get(key) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return false;
    const thisMinute = Math.floor(now / 60_000);
    if (thisMinute !== minute) {
      minute = thisMinute;
      recordedThisMinute = 0;
      for (const [known, at] of recordedAt) if (now - at >= QUIET_MS) recordedAt.delete(known);
    }
    if (recordedThisMinute >= MAX_PER_MINUTE) return false;
    recordedThisMinute += 1;
    recordedAt.set(key, now);
    return true;
  };

  const onChange = (change: SnapshotChange | null): void => {
    const notes = [
      ...(change?.instances ?? []).map(noteOnInstance),
      ...(change?.containers ?? []).map(noteOnContainer),
    ];
    for (const note of notes) {
      if (note === null) continue;
      const what = `${note.action} ${note.subject?.id ?? ''} ${note.detail ?? ''}`;
      if (!shouldRecord(what)) continue;
      const detection = { what, at: clock.now(), quietMs: QUIET_MS };
      writing = writing.then(() => recordDetection(note, detection));
    }
  };

  return {
    start() {
      unsubscribe ??= collector.onChange(onChange);
    },
    async stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      await writing;
    },
  };
}

/** Null: nothing to record; a first sighting (no `before`) is no change. */
export function noteOnInstance({ before, after }: InstanceChange): ActivityNote | null {
  if (before === null || after === null) return null;
  const subject = { kind: 'instance', id: after.id, name: instanceName(after) };
  if (after.state.current === 'failed' && before.state.current !== 'failed') {
    const why = after.state.error === null ? '' : `: ${after.state.error}`;
    return {
      actor: null,
      action: 'instance.state',
      subject,
      outcome: 'detected',
      detail: `The instance failed${why}.`,
    };
  }
  if (after.health === 'unhealthy' && before.health !== 'unhealthy' && after.state.current === 'running') {
    const detail = "The instance's health check fails.";
    return { actor: null, action: 'instance.health', subject, outcome: 'detected', detail };
  }
  return null;
}

export function noteOnContainer({ before, after }: ContainerChange): ActivityNote | null {
  if (before === null || after === null || before.state.current === after.state.current) return null;
  if (['starting', 'stopping'].includes(after.state.current)) return null;
  const why = after.state.error === null ? '' : `: ${after.state.error}`;
  return {
    actor: null,
    action: 'container.state',
    subject: { kind: 'container', id: after.id, name: after.name },
    outcome: 'detected',
    detail: `The container went from ${before.state.current} to ${after.state.current}${why}.`,
  };
}
