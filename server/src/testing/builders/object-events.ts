import type { NewObjectEvent } from '../../store/object-events.ts';

export const objectEventRow = (over: Partial<NewObjectEvent> = {}): NewObjectEvent => ({
  natural_key: null,
  at: 1_000,
  ended_at: null,
  object_kind: 'instance',
  object_id: 'i1',
  object_name: 'api-1',
  container_id: 'c1',
  kind: 'state',
  value_before: 'running',
  value_after: 'failed',
  outcome: 'failed',
  actor: null,
  detail: null,
  ...over,
});
