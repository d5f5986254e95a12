import type { Task } from '@cyclorama/shared/environment.ts';

import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';

const MEANING: Record<Task['state'], string> = {
  requested: 'Being sent to Cycle.',
  sent: 'Sent to Cycle. Followed by the instance’s state.',
  unanswered: 'Cycle did not answer and may not have it. Watching the instance.',
  'in-progress': 'Cycle is working on it. Followed by the instance’s state.',
  done: 'The instance reached the requested state.',
  failed: 'The instance did not reach the requested state.',
  refused: 'Cycle did not take it. Nothing was changed.',
  unknown: 'No change was seen in time. Check the instance’s state before you try again.',
};

const ACTION: Record<Task['action'], string> = { start: 'Start', stop: 'Stop', restart: 'Restart' };

export function TaskProgress({ task }: { task: Task }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-panel px-3 py-2">
      <output className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{ACTION[task.action]}</span>
        <StateLabel state={task.state} />
        <span className="text-muted">{task.failure?.message ?? MEANING[task.state]}</span>
      </output>
      <span className="ml-auto text-xs text-muted">
        by {task.requestedBy}, <Ago at={task.finishedAt ?? task.requestedAt} />
      </span>
    </div>
  );
}
