import type {
  AlertChannel,
  AlertDeliveryState,
  AlertMessageKind,
} from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertSeverity, AlertState } from '@cyclorama/shared/alerts.ts';

import type { Flag, Ms } from './schema-columns.ts';

export type AlertRuleTable = {
  id: string;
  name: string;
  /** JSON of the condition, and of the scope. */
  condition: string;
  scope: string;
  for_seconds: number;
  severity: AlertSeverity;
  enabled: Flag;
  is_built_in: Flag;
  /** Null: as it came with the product. */
  changed_by: string | null;
  changed_at: Ms;
};

/** One row each time a rule matched an object; of those that are not over, one for a rule and an object. */
export type AlertTable = {
  id: string;
  rule_id: string;
  rule_name: string;
  severity: AlertSeverity;
  object_kind: string;
  object_id: string;
  object_name: string;
  /** Of an instance, its container. */
  container_id: string | null;
  state: AlertState;
  detail: string;
  since: Ms;
  fired_at: Ms | null;
  resolved_at: Ms | null;
  resolved_because: string | null;
  acknowledged_by: string | null;
  acknowledged_at: Ms | null;
  acknowledged_note: string | null;
  /** When it was told that it fires; null: not yet, or it was over before it could be. */
  told_at: Ms | null;
  /** When it was told that it is over. */
  over_told_at: Ms | null;
};

/** What is told of the alerts of one rule that fire, or are over, in the same round. */
export type AlertMessageTable = {
  /** The same at each try, so that a receiver can drop what comes twice. */
  id: string;
  rule_id: string;
  rule_name: string;
  kind: AlertMessageKind;
  /** In one line. */
  summary: string;
  /** As a webhook sends it, to the byte. */
  body: string;
  created_at: Ms;
};

/** A message's way to one receiver. */
export type AlertDeliveryTable = {
  id: string;
  message_id: string;
  channel: AlertChannel;
  state: AlertDeliveryState;
  tries: number;
  next_at: Ms;
  tried_at: Ms | null;
  /** HTTP status of the last answer; null: none. */
  status: number | null;
  /** Why the last try failed; null: it did not, or there was none. */
  fault: string | null;
};
