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
};
