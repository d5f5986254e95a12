import { nothingYet } from '../store/bookings.ts';
import type { BookingRow } from '../store/bookings.ts';
import type { ClaimRow } from '../store/claims.ts';

/** A claim just asked for, but for what `over` says. */
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
  owner: 'oscar',
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

/** A booking just asked for, but for what `over` says. */
export const bookingRow = (over: Partial<BookingRow> = {}): BookingRow => ({
  id: 'b',
  owner: 'oscar',
  deployment_id: 'd1',
  type: 'null',
  region: null,
  state: 'requested',
  upstream_id: null,
  reserve: 0,
  vpn: 0,
  ssh_public_key: null,
  expires_in_seconds: null,
  requested_at: 0,
  ...nothingYet,
  ...over,
});
