import type { NewEntry } from '../../store/activity-chain.ts';

export const newEntry = (over: Partial<NewEntry> = {}): NewEntry => ({
  at: 1,
  actor: 'ada',
  way: null,
  way_id: null,
  way_name: null,
  address: null,
  request_id: null,
  action: 'instance.start',
  subject_kind: 'instance',
  subject_id: 'i1',
  subject_name: 'api',
  reason: null,
  value_before: null,
  value_after: null,
  outcome: 'done',
  detail: null,
  intent: null,
  ...over,
});
