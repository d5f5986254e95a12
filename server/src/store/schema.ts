import type { ActivityOutcome, ActivityWay } from '@cyclorama/shared/activity.ts';
import type { BatchState, ClaimState } from '@cyclorama/shared/claims.ts';
import type { TaskAction, TaskState } from '@cyclorama/shared/environment.ts';
import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { AlertDeliveryTable, AlertMessageTable, AlertRuleTable, AlertTable } from './schema-alerts.ts';
import type { CollectorTable } from './schema-collectors.ts';
import type { Flag, Identity, Insertable, Ms } from './schema-columns.ts';
import type {
  CapacityTable,
  ObjectEventTable,
  PictureTable,
  RecordedSpanTable,
  TaskBatchItemTable,
  TaskBatchTable,
} from './schema-life.ts';
import type {
  AccessTokenTable,
  OidcGrantTable,
  PasskeyTable,
  PersonTable,
  PinTable,
  RequestKeyTable,
  SavedViewTable,
  SessionTable,
  SignInAddressTable,
  SignInTryTable,
  UsedChallengeTable,
} from './schema-people.ts';
import type { TelemetryBlockTable, TelemetryCursorTable, TelemetrySampleTable } from './schema-telemetry.ts';

/** Each entry holds the hash of the one before it (activity-chain.ts). Only appended to. */
export type ActivityTable = {
  /** 1, 2, 3 … without gaps. */
  id: number;
  at: Ms;
  actor: string | null;
  way: ActivityWay | null;
  way_id: string | null;
  way_name: string | null;
  address: string | null;
  request_id: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_name: string | null;
  reason: string | null;
  value_before: string | null;
  value_after: string | null;
  outcome: ActivityOutcome;
  detail: string | null;
  /** The entry whose outcome this one tells. */
  intent: number | null;
  /** SHA-256, hexadecimal: of the entry before, and of this one. */
  previous: string;
  hash: string;
};

/** One row, locked by whoever appends. */
export type ActivityHeadTable = {
  id: 1;
  /** The last entry and its hash. */
  entries: number;
  hash: string;
  /** Entries up to this one may be deleted: a summary of them is on record. */
  removed_to: number;
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
  /** Encrypted JSON of the environment variables; null before a spawn is requested. */
  variables: string | null;
  /** JSON list of variable names. */
  variable_names: string;
  state: ClaimState;
  owner: string;
  requested_at: Ms;
  spawn_by: Ms | null;
  claimed_at: Ms | null;
  spawned_at: Ms | null;
  runs_until: Ms | null;
  ended_at: Ms | null;
  failure_code: string | null;
  failure_message: string | null;
  /** Seconds from running to release, and the time of it; null: no timed release. */
  release_after_seconds: number | null;
  release_at: Ms | null;
  /** The batch, the number of the run in it and its try, both from 0. */
  batch_id: string | null;
  batch_index: number | null;
  batch_attempt: number | null;
  retry_of: string | null;
  adopted: Insertable<Flag>;
};

export type ClaimBatchTable = {
  id: string;
  container_id: string;
  container_name: string;
  owner: string;
  state: BatchState;
  count: number;
  concurrency: number;
  /** Encrypted JSON of the environment variables; null once the batch is over. */
  variables: string | null;
  release_after_seconds: number | null;
  started: number;
  open: number;
  done: number;
  failed: number;
  /** JSON list of reasons and how many runs failed for each. */
  failures: string;
  requested_at: Ms;
  ended_at: Ms | null;
  /** The process that runs it, and its lease's end. */
  runner: string | null;
  lease_until: Ms | null;
};

export type TransitionTable<State> = {
  id: Identity;
  /** The claim's or the booking's id. */
  subject_id: string;
  at: Ms;
  from_state: State | null;
  to_state: State;
  actor: string | null;
  cause: string;
  answer: string | null;
};

export type BookingTable = {
  id: string;
  owner: string | null;
  deployment_id: string | null;
  /** JSON array of deployment ids: any of these was asked for. Null: one, or any of the type. */
  candidates: string | null;
  type: string;
  region: string | null;
  state: BookingState;
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
  termination_requested: Insertable<Flag>;
  failure_code: string | null;
  failure_message: string | null;
  /** When the request was sent; null while it waits here. */
  sent_at: Ms | null;
  ready_at: Ms | null;
  /** The owner's last action on it here. */
  active_at: Ms | null;
  /** Minutes before its end of the last warning; null: none yet. */
  warned_minutes: number | null;
  /** Of the token it was made with; the rerobots account whose token last saw it. Null: not known. */
  account: string | null;
  /** Since when rerobots has not shown what it accepted; null while it shows it. */
  missing_since: Ms | null;
};

/** Each tells its receiver until dismissed; together they say who held a booking when. */
export type BookingHandOverTable = {
  id: string;
  booking_id: string;
  at: Ms;
  /** Null: it was unclaimed. */
  from_owner: string | null;
  to_owner: string;
  actor: string | null;
  dismissed_at: Ms | null;
};

export type TaskTable = {
  id: string;
  instance_id: string;
  container_id: string;
  action: TaskAction;
  requested_by: string;
  requested_at: Ms;
  state: TaskState;
  finished_at: Ms | null;
  failure_code: string | null;
  failure_message: string | null;
  /** What was sent last, and when: a restart is a stop, then a start. Null in rows of before 0012. */
  phase: 'start' | 'stop' | null;
  phase_at: Ms | null;
  batch_id: string | null;
};

/** One row per change; null begins a time in which nothing was read. */
export type QueueLengthTable = { deployment_id: string; at: Ms; length: number | null };

export type RobotWatchTable = { deployment_id: string; person: string; since: Ms };

/** One row. `term` grows with each change of leader. */
export type LeadershipTable = { id: 1; term: number; leader: string | null; since: Ms | null };

/** What was detected, and when it was recorded last. */
export type DetectionTable = { what: string; at: Ms };

export type SettingTable = { key: string; value: string };

export type Database = {
  activity: ActivityTable;
  activity_head: ActivityHeadTable;
  claims: ClaimTable;
  claim_batches: ClaimBatchTable;
  access_tokens: AccessTokenTable;
  claim_transitions: TransitionTable<ClaimState>;
  bookings: BookingTable;
  booking_transitions: TransitionTable<BookingState>;
  booking_hand_overs: BookingHandOverTable;
  tasks: TaskTable;
  capacity_history: CapacityTable;
  topology_pictures: PictureTable;
  topology_spans: RecordedSpanTable;
  collectors: CollectorTable;
  object_events: ObjectEventTable;
  task_batches: TaskBatchTable;
  task_batch_items: TaskBatchItemTable;
  telemetry_samples: TelemetrySampleTable;
  telemetry_blocks: TelemetryBlockTable;
  /** Five-minute means of releases before 0026. */
  telemetry_rollups: TelemetrySampleTable;
  telemetry_cursors: TelemetryCursorTable;
  queue_lengths: QueueLengthTable;
  robot_watches: RobotWatchTable;
  request_keys: RequestKeyTable;
  sessions: SessionTable;
  people: PersonTable;
  sign_in_tries: SignInTryTable;
  sign_in_addresses: SignInAddressTable;
  oidc_grants: OidcGrantTable;
  passkeys: PasskeyTable;
  pins: PinTable;
  saved_views: SavedViewTable;
  used_challenges: UsedChallengeTable;
  settings: SettingTable;
  alert_rules: AlertRuleTable;
  alerts: AlertTable;
  alert_messages: AlertMessageTable;
  alert_deliveries: AlertDeliveryTable;
  leadership: LeadershipTable;
  detections: DetectionTable;
};
