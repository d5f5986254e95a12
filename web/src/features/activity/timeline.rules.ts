import type { TimelineItem } from '@cyclorama/shared/timeline.ts';

import { activityLabel } from '../../lib/activity-labels.ts';
import { parseTime } from '../../lib/time.ts';
import { formatDuration, formatPercent } from '../../lib/units.ts';
import { eventText, eventVisual } from '../../ui/event-text.ts';
import { visualOf, workState } from '../../ui/state-visual.ts';
import type { StateVisual } from '../../ui/state-visual.ts';

export type TimelineRow = { item: TimelineItem; line: Line };
type Line = {
  key: string;
  what: string;
  visual: StateVisual;
  /** Null: the system's, or Cycle's. */
  who: string | null;
  object: { kind: string; id: string; name: string } | null;
  detail: string | null;
};

const EVENT_WORDS = {
  changed: 'Changed',
  started: 'Going on',
  done: 'Done',
  recovered: 'Recovered',
  failed: 'Failed',
  refused: 'Refused',
} as const;

/** `objectOf` names what a job works on; jobs know its id only. */
export function lineOf(item: TimelineItem, objectOf: (id: string) => Line['object']): Line {
  if (item.source === 'event') {
    const { id, of, by, detail, outcome } = item.event;
    const visual = { ...eventVisual(item.event), label: EVENT_WORDS[outcome] };
    return { key: `event ${id}`, what: eventText(item.event), visual, who: by, object: of, detail };
  }
  if (item.source === 'job') {
    const { id, caption, state, error, progress, objectId, startedAt, completedAt } = item.job;
    const isDone = completedAt !== null;
    const parts = [
      isDone ? tookText(startedAt, completedAt) : progress === null ? null : formatPercent(progress * 100),
      error,
    ];
    return {
      key: `job ${id}`,
      what: caption === '' ? 'Cycle job' : caption,
      visual: visualOf(workState(state)),
      who: 'Cycle',
      object: objectId === null ? null : objectOf(objectId),
      detail: joined(parts),
    };
  }
  const { id, at, action, actor, subject, outcome, detail } = item.entry;
  return {
    key: `action ${id}`,
    what: activityLabel(action),
    visual: visualOf(outcome),
    who: actor,
    object: subject,
    detail: joined([tookText(item.began, at), detail]),
  };
}

function tookText(from: string | null, to: string | null): string | null {
  const [start, end] = [parseTime(from), parseTime(to)];
  return start === null || end === null ? null : `Took ${formatDuration(Math.max(0, end - start))}`;
}

function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' · ');
}
