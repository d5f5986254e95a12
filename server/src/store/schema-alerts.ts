import type { AlertSeverity, AlertState } from '@cyclorama/shared/alerts.ts';

import type { Flag, Insertable, Ms } from './schema-columns.ts';

export type AlertRuleTable = {
  id: string;
  name: string;
  /** JSON of the condition, and of the scope. */
  condition: string;
  scope: string;
  for_seconds: number;
  severity: AlertSeverity;
  enabled: Flag;
  /** JSON list of receivers. */
  receivers: string;
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
};

export type AlertReceiverTable = {
  id: string;
  kind: 'webhook';
  name: string;
  /** Sealed: the address, and the key messages are signed with. */
  url: string;
  signing_key: string;
  created_by: string;
  created_at: Ms;
};

/** That a receiver is to be told of a change of an alert: once, whatever happens. */
export type AlertDeliveryTable = {
  alert_id: string;
  transition: 'firing' | 'resolved';
  receiver: string;
  at: Ms;
  state: 'waiting' | 'grouped' | 'cancelled';
  message_id: string | null;
};

/** What one receiver is told of one rule at once. */
export type AlertMessageTable = {
  id: string;
  receiver: string;
  receiver_name: string;
  rule_id: string;
  rule_name: string;
  transition: 'firing' | 'resolved';
  alerts: number;
  created_at: Ms;
  /** JSON, as it is sent each time. */
  body: string;
  state: 'due' | 'sent' | 'failed';
  tries: Insertable<number>;
  next_try_at: Ms;
  ended_at: Ms | null;
  error: string | null;
};

/** Stored before it is sent; `ended_at` null: not known what became of it. */
export type AlertTryTable = {
  message_id: string;
  number: number;
  at: Ms;
  ended_at: Ms | null;
  outcome: string | null;
};
