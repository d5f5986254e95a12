import type { Task, TaskAction } from '@cyclorama/shared/environment.ts';

/** The newer of two tasks of an instance; of two states of one task, the later state. */
export function newestTask(a: Task | null, b: Task | null): Task | null {
  if (a === null || b === null) return a ?? b;
  if (a.id !== b.id) return Date.parse(a.requestedAt) >= Date.parse(b.requestedAt) ? a : b;
  const order: Task['state'][] = [
    'requested',
    'sent',
    'unanswered',
    'in-progress',
    'unknown',
    'refused',
    'failed',
    'done',
  ];
  return order.indexOf(a.state) >= order.indexOf(b.state) ? a : b;
}

export function warningOf(action: TaskAction, isOwn: boolean): string | undefined {
  return action === 'stop' && isOwn
    ? 'This instance runs this dashboard. Stopping it closes the dashboard; only Cycle’s portal can start it again.'
    : undefined;
}
