import type { TaskRow } from '../../store/tasks.ts';
import { oscar } from './people.ts';

export const taskRow = (over: Partial<TaskRow> = {}): TaskRow => ({
  id: 't',
  instance_id: 'i1',
  container_id: 'c1',
  action: 'stop',
  requested_by: oscar.name,
  requested_at: 0,
  state: 'requested',
  finished_at: null,
  failure_code: null,
  failure_message: null,
  phase: 'stop',
  phase_at: null,
  batch_id: null,
  ...over,
});
