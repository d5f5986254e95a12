import type { FunctionContainer } from '../../features/functions/function-directory.ts';
import type { ClaimRow } from '../../store/claims.ts';
import { oscar } from './people.ts';

export const functionContainer = (over: Partial<FunctionContainer> = {}): FunctionContainer => ({
  containerId: 'f',
  name: 'render',
  enabled: true,
  maxPoolSize: null,
  maxRuntimeSeconds: null,
  maxQueueTimeSeconds: null,
  ...over,
});

export const claimRow = (over: Partial<ClaimRow> = {}): ClaimRow => ({
  id: 'c',
  container_id: 'f',
  container_name: 'render',
  instance_id: null,
  scheduler_address: 'a',
  token: 't',
  variables: null,
  variable_names: '[]',
  state: 'requested',
  owner: oscar.name,
  requested_at: 0,
  spawn_by: 10_000,
  claimed_at: null,
  spawned_at: null,
  runs_until: null,
  ended_at: null,
  failure_code: null,
  failure_message: null,
  release_after_seconds: null,
  release_at: null,
  batch_id: null,
  batch_index: null,
  batch_attempt: null,
  retry_of: null,
  adopted: 0,
  ...over,
});
