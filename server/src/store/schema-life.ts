import type { TaskAction, TaskBatch, TaskBatchItemState } from '@cyclorama/shared/environment.ts';
import type { ObjectEventKind, ObjectEventOutcome, ObjectKind } from '@cyclorama/shared/object-events.ts';

import type { Flag, Identity, Ms } from './schema-columns.ts';

export type ObjectEventTable = {
  id: Identity;
  /** The same for every replica that saw the change; of two the first stays. */
  natural_key: string;
  at: Ms;
  /** Of what takes time: a deployment, an action. */
  ended_at: Ms | null;
  object_kind: ObjectKind;
  object_id: string;
  object_name: string;
  /** Of an instance, its container. */
  container_id: string | null;
  kind: ObjectEventKind;
  value_before: string | null;
  value_after: string | null;
  outcome: ObjectEventOutcome;
  actor: string | null;
  detail: string | null;
};

export type TaskBatchTable = {
  id: string;
  action: TaskAction;
  requested_by: string;
  requested_at: Ms;
  state: TaskBatch['state'];
  concurrency: number;
  stop_after_failures: number | null;
  finished_at: Ms | null;
  /** The process that walks it, and its lease's end. */
  runner: string | null;
  lease_until: Ms | null;
};

export type TaskBatchItemTable = {
  batch_id: string;
  position: number;
  instance_id: string;
  instance_name: string;
  state: TaskBatchItemState;
  detail: string | null;
  finished_at: Ms | null;
};

/** Instances by well-being at the beginning of a minute. */
export type CapacityTable = {
  at: Ms;
  failed: number;
  unhealthy: number;
  not_ready: number;
  changing: number;
  stopped: number;
  running: number;
};

/** A full picture of the topology, or what changed since the picture before; JSON, zstd. */
export type PictureTable = {
  /** Beginning of a minute. */
  at: Ms;
  is_full: Flag;
  body: Buffer;
};

/** From the first to the last minute of a time without gaps. */
export type RecordedSpanTable = { began: Ms; until: Ms };
