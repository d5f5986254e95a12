import type { Alert, AlertSeverity } from '@cyclorama/shared/alerts.ts';
import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';

import { parseTime } from '../../../lib/time.ts';
import { eventText, eventVisual } from '../../../ui/event-text.ts';
import type { StateTone, StateVisual } from '../../../ui/state-visual.ts';

export type ChartMark = Pick<StateVisual, 'shape' | 'tone'> & {
  id: number | string;
  at: number;
  text: string;
  of: { kind: string; id: string; name: string };
  /** Id of the alert it leads to; null: it leads to the event `id` on its object's page. */
  alert: string | null;
};

/** Oldest first. Of a container's deployment the event of the container stands for those of its instances. */
export function marksOf(
  events: readonly ObjectEvent[],
  target: { kind: string },
  { from, to }: { from: number; to: number },
): ChartMark[] {
  return events
    .flatMap((event): ChartMark[] => {
      const at = parseTime(event.time);
      const { id, kind, of, by } = event;
      if (at === null || at < from || at > to) return [];
      if (target.kind === 'container' && kind === 'deployment' && of.kind === 'instance') return [];
      const text = by === null ? eventText(event) : `${eventText(event)} by ${by}`;
      return [{ id, at, text, of, alert: null, ...eventVisual(event) }];
    })
    .toSorted((a, b) => a.at - b.at);
}

const FIRES: Record<AlertSeverity, Pick<StateVisual, 'shape' | 'tone'>> = {
  critical: { shape: 'square', tone: 'danger' },
  warning: { shape: 'square', tone: 'warning' },
  info: { shape: 'square', tone: 'neutral' },
};

/** Where each alert fired and where it was over, as far as that is within the range; oldest first. */
export function alertMarks(
  alerts: readonly Alert[],
  { from, to }: { from: number; to: number },
): ChartMark[] {
  return alerts
    .flatMap(({ id, rule, of, severity, firedAt, resolvedAt }): ChartMark[] => {
      const began = { id: `${id} fired`, at: parseTime(firedAt), text: `Alert: ${rule.name}` };
      const ended = { id: `${id} over`, at: parseTime(resolvedAt), text: `Alert over: ${rule.name}` };
      return [
        { ...began, ...FIRES[severity] },
        { ...ended, shape: 'filled' as const, tone: 'success' as const },
      ].flatMap(({ at, ...mark }) =>
        at === null || at < from || at > to ? [] : [{ ...mark, at, of, alert: id }],
      );
    })
    .toSorted((a, b) => a.at - b.at);
}

/** Marks nearer to each other than a 16th of the range would cover each other, on a phone too. */
const PLACES = 16;
const WORST_FIRST: readonly StateTone[] = ['danger', 'warning', 'success', 'neutral', 'muted'];

export type MarkGroup = {
  /** Of its first mark, which is the oldest. */
  at: number;
  marks: ChartMark[];
  /** Of its worst mark. */
  looks: Pick<StateVisual, 'shape' | 'tone'>;
};

/** Of marks, oldest first, those that stand close become one. */
export function groupMarks(
  marks: readonly ChartMark[],
  { from, to }: { from: number; to: number },
): MarkGroup[] {
  const room = (to - from) / PLACES;
  const groups: MarkGroup[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last === undefined || mark.at - last.at > room) {
      groups.push({ at: mark.at, marks: [mark], looks: looksOf(mark) });
      continue;
    }
    last.marks.push(mark);
    if (rank(mark) < rank(last.looks)) last.looks = looksOf(mark);
  }
  return groups;
}

const rank = ({ tone }: { tone: StateTone }): number => WORST_FIRST.indexOf(tone);
const looksOf = ({ shape, tone }: ChartMark) => ({ shape, tone });
