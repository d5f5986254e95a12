import type { TaskAction, TaskBatch, TaskBatchItemState } from '@cyclorama/shared/environment.ts';

import { plural } from '../../../lib/units.ts';
import { visualOf } from '../../../ui/state-visual.ts';
import type { StateVisual } from '../../../ui/state-visual.ts';

/** As the API allows. */
export const MOST_AT_ONCE = 50;

export const VERB: Record<TaskAction, string> = { restart: 'Restart', start: 'Start', stop: 'Stop' };

const ORDER = ['done', 'failed', 'refused', 'unknown', 'running', 'waiting', 'skipped'] as const;

export const ITEM_WORD: Record<TaskBatchItemState, string> = {
  done: 'done',
  failed: 'failed',
  refused: 'refused',
  unknown: 'without a known outcome',
  running: 'at work',
  waiting: 'waiting',
  skipped: 'not tried',
};

/** "4 done · 1 failed"; the parts add up to all. */
export const countsText = ({ counts }: Pick<TaskBatch, 'counts'>): string =>
  ORDER.flatMap((state) => {
    const count = counts[state];
    return count > 0 ? `${count.toLocaleString('en')} ${ITEM_WORD[state]}` : [];
  }).join(' · ');

export const batchTitle = ({ action, total }: Pick<TaskBatch, 'action' | 'total'>): string =>
  `${VERB[action]} of ${plural(total, 'instance')}`;

type Glyph = Pick<StateVisual, 'shape' | 'tone'>;

export function itemGlyph(state: TaskBatchItemState): Glyph {
  const { shape, tone } = visualOf(
    state === 'running' ? 'in-progress' : state === 'waiting' ? 'queued' : state,
  );
  return { shape, tone };
}

/** By what did not end as wished; of a batch that goes on, that it does. */
export function batchGlyph({ state, counts }: Pick<TaskBatch, 'state' | 'counts'>): Glyph {
  if (state !== 'ended') return itemGlyph('running');
  return itemGlyph(counts.failed + counts.refused + counts.unknown > 0 ? 'failed' : 'done');
}
