import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';

import { parseTime } from '../../../lib/time.ts';
import { eventText, eventVisual } from '../../../ui/event-text.ts';
import type { StateVisual } from '../../../ui/state-visual.ts';

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
