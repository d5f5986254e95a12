import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import type { Alert } from '@cyclorama/shared/alerts.ts';

import { isoOf } from '../../lib/clock.ts';
import type { AlertRow } from '../../store/alerts.ts';

const time = (at: number | null): string | null => (at === null ? null : isoOf(at));

export function presentAlert(row: AlertRow): Alert {
  const { acknowledged_by: by, acknowledged_at: at, acknowledged_note: note } = row;
  return {
    id: row.id,
    rule: { id: row.rule_id, name: row.rule_name },
    severity: alertSeverity.catch('warning').parse(row.severity),
    state: row.state,
    of: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    detail: row.detail,
    since: isoOf(row.since),
    firedAt: time(row.fired_at),
    resolvedAt: time(row.resolved_at),
    toldAt: time(row.told_at),
    resolvedBecause: row.resolved_because,
    acknowledged: by === null || at === null ? null : { by, at: isoOf(at), note },
  };
}
