import type { ObjectEventKind, ObjectEventOutcome, ObjectKind } from '@cyclorama/shared/object-events.ts';

import type { Identity, Ms } from './schema-columns.ts';

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
