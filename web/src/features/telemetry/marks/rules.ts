import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';

import { parseTime } from '../../../lib/time.ts';
import { eventText, eventVisual } from '../../../ui/event-text.ts';
import type { StateTone, StateVisual } from '../../../ui/state-visual.ts';

export type ChartMark = Pick<StateVisual, 'shape' | 'tone'> & {
  id: number;
  at: number;
  text: string;
  of: ObjectEvent['of'];
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
      return [{ id, at, text, of, ...eventVisual(event) }];
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
