import type { Task } from '@cyclorama/shared/environment.ts';

import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';

const MEANING: Record<Task['state'], string> = {
  requested: 'Written down, not yet sent.',
  sent: 'Sent to Cycle; waiting for the instance to change.',
  'in-progress': 'Cycle is at it.',
  done: 'The instance has reached the state that was asked for.',
  failed: 'It did not come to it.',
  unknown: 'Nothing was seen in time: look at the instance’s state before trying again.',
};

/** How far the newest start or stop is, to its end. */
export function TaskProgress({ task }: { task: Task }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-panel px-3 py-2">
      <output className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{task.action === 'start' ? 'Start' : 'Stop'}</span>
        <StateLabel state={task.state} />
        <span className="text-muted">{task.failure?.message ?? MEANING[task.state]}</span>
      </output>
      <span className="ml-auto text-xs text-muted">
        by {task.requestedBy}, <Ago at={task.finishedAt ?? task.requestedAt} />
      </span>
    </div>
  );
}
