import type { ColumnType, Generated } from 'kysely';

/** Times are epoch milliseconds; booleans are 0 or 1; JSON is text: one schema for SQLite and PostgreSQL. */
type Ms = number;
type Flag = 0 | 1;
type Identity = Generated<number>;
type Insertable<T> = ColumnType<T, T, T>;

export type ActivityTable = {
  id: Identity;
  at: Ms;
  actor: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_name: string | null;
  outcome: string;
  detail: string | null;
};

export type ClaimTable = {
  id: string;
  container_id: string;
  container_name: string;
  instance_id: string | null;
  /** The scheduler shard all calls of this claim go to. */
  scheduler_address: string | null;
  /** Encrypted; see secret-box.ts. */
  token: string;
  /** Encrypted JSON of the environment variables; null before a spawn is asked for. */
  variables: string | null;
  /** JSON list of variable names. */
  variable_names: string;
  state: string;
  owner: string;
  requested_at: Ms;
  spawn_by: Ms | null;
  claimed_at: Ms | null;
  spawned_at: Ms | null;
  runs_until: Ms | null;
  ended_at: Ms | null;
  failure_code: string | null;
  failure_message: string | null;
};

export type TransitionTable = {
  id: Identity;
  /** The claim's or the booking's id. */
  subject_id: string;
  at: Ms;
  from_state: string | null;
  to_state: string;
  actor: string | null;
  cause: string;
  answer: string | null;
};

export type BookingTable = {
  id: string;
  owner: string | null;
  deployment_id: string | null;
  type: string;
  region: string | null;
  state: string;
  /** Instance or reservation id at the upstream; a reservation keeps its id when it becomes an instance. */
  upstream_id: string | null;
  reserve: Insertable<Flag>;
  vpn: Insertable<Flag>;
  ssh_public_key: string | null;
  expires_in_seconds: number | null;
  requested_at: Ms;
  started_at: Ms | null;
  ends_at: Ms | null;
  ended_at: Ms | null;
  termination_wished: Insertable<Flag>;
  failure_code: string | null;
  failure_message: string | null;
};

export type TaskTable = {
  id: string;
  instance_id: string;
  container_id: string;
  action: string;
  requested_by: string;
  requested_at: Ms;
  state: string;
  finished_at: Ms | null;
  failure_code: string | null;
  failure_message: string | null;
};

/** Rates and levels, already derived from the upstream's counters; null where it could not be (a gap). */
export type TelemetrySampleTable = {
  instance_id: string;
  at: Ms;
  cpu: number | null;
  throttled: number | null;
  memory: number | null;
  memory_limit: number | null;
  receive: number | null;
  transmit: number | null;
  processes: number | null;
};

/** The last raw counters of an instance, so that a restart of the BFF loses no interval. */
export type TelemetryCursorTable = {
  instance_id: string;
  container_id: string;
  at: Ms;
  /** JSON of the cumulative counters. */
  counters: string;
};

export type SettingTable = { key: string; value: string };

export type Database = {
  activity: ActivityTable;
  claims: ClaimTable;
  claim_transitions: TransitionTable;
  bookings: BookingTable;
  booking_transitions: TransitionTable;
  tasks: TaskTable;
  telemetry_samples: TelemetrySampleTable;
  /** Means over five minutes, kept longer than the samples. */
  telemetry_rollups: TelemetrySampleTable;
  telemetry_cursors: TelemetryCursorTable;
  settings: SettingTable;
};
