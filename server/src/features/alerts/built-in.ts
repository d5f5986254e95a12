import type { AlertCondition, AlertSeverity } from '@cyclorama/shared/alerts.ts';

import type { AlertRuleRow } from '../../store/alert-rules.ts';

type BuiltIn = {
  /** Never changed: it is how the store knows that the rule is there. */
  id: string;
  name: string;
  condition: AlertCondition;
  forSeconds: number;
  severity: AlertSeverity;
};

const BUILT_IN: readonly BuiltIn[] = [
  {
    id: 'instance-failed',
    name: 'Instance failed',
    condition: { kind: 'instance-state', is: 'failed' },
    forSeconds: 60,
    severity: 'critical',
  },
  {
    id: 'instance-unhealthy',
    name: 'Instance unhealthy',
    condition: { kind: 'instance-state', is: 'unhealthy' },
    forSeconds: 300,
    severity: 'warning',
  },
  {
    id: 'memory-near-limit',
    name: 'Memory near its limit',
    condition: { kind: 'measure', measure: 'memoryShare', than: 'above', threshold: 95 },
    forSeconds: 600,
    severity: 'warning',
  },
  {
    id: 'certificate-ends',
    name: 'Certificate ends soon',
    condition: { kind: 'certificate', daysLeft: 14 },
    forSeconds: 0,
    severity: 'warning',
  },
  {
    id: 'collector-silent',
    name: 'Telemetry collector silent',
    condition: { kind: 'collector' },
    forSeconds: 300,
    severity: 'warning',
  },
];

/** What a team would want from the first day on: told on the page only, and theirs to change. */
export function builtInRules(now: number): AlertRuleRow[] {
  return BUILT_IN.map(({ id, name, condition, forSeconds, severity }) => ({
    id,
    name,
    condition: JSON.stringify(condition),
    scope: JSON.stringify({ objects: [], names: [], deployments: [] }),
    for_seconds: forSeconds,
    severity,
    enabled: 1,
    is_built_in: 1,
    changed_by: null,
    changed_at: now,
  }));
}
