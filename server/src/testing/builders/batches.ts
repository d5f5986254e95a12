import type { BatchRow } from '../../store/claim-batches.ts';
import { oscar } from './people.ts';

export const batchRow = (over: Partial<BatchRow> = {}): BatchRow => ({
  id: 'b',
  container_id: 'f',
  container_name: 'render',
  owner: oscar.name,
  state: 'running',
  count: 2,
  concurrency: 2,
  variables: null,
  release_after_seconds: null,
  started: 0,
  open: 0,
  done: 0,
  failed: 0,
  failures: '[]',
  requested_at: 0,
  ended_at: null,
  runner: 'p',
  lease_until: 0,
  ...over,
});
