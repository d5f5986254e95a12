import { alertCondition, alertScope, alertSeverity } from '@cyclorama/shared/alerts.ts';
import type { AlertCondition, AlertRule, AlertScope } from '@cyclorama/shared/alerts.ts';

import { isoOf } from '../../lib/clock.ts';
import type { AlertRuleRow } from '../../store/alert-rules.ts';

export type CheckedRule = Pick<AlertRuleRow, 'id' | 'name' | 'severity'> & {
  condition: AlertCondition;
  scope: AlertScope;
  forMs: number;
};

/** Null where this release does not know its condition. */
export function toCheckedRule(row: AlertRuleRow): CheckedRule | null {
  const condition = alertCondition.safeParse(JSON.parse(row.condition));
  const scope = alertScope.safeParse(JSON.parse(row.scope));
  if (!condition.success || !scope.success) return null;
  const { id, name, severity } = row;
  return {
    id,
    name,
    severity: alertSeverity.catch('warning').parse(severity),
    condition: condition.data,
    scope: scope.data,
    forMs: row.for_seconds * 1000,
  };
}

/** Null where this release does not know its condition: a newer one made it. */
export function presentRule(
  row: AlertRuleRow,
  { firing, blind }: Pick<AlertRule, 'firing' | 'blind'>,
): AlertRule | null {
  const rule = toCheckedRule(row);
  if (rule === null) return null;
  const { id, name, severity, condition, scope } = rule;
  return {
    id,
    name,
    condition,
    scope,
    severity,
    forSeconds: row.for_seconds,
    enabled: row.enabled === 1,
    isBuiltIn: row.is_built_in === 1,
    changedBy: row.changed_by,
    changedAt: isoOf(row.changed_at),
    firing,
    blind,
  };
}
