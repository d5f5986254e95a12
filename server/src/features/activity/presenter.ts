import type { ActivityEntry } from '@cyclorama/shared/activity.ts';

import { isoOf } from '../../lib/clock.ts';
import type { ActivityRow } from '../../store/activity.ts';

export function presentActivity(row: ActivityRow): ActivityEntry {
  const { subject_kind: kind, subject_id: id, subject_name: name } = row;
  return {
    id: row.id,
    at: isoOf(row.at),
    actor: row.actor,
    action: row.action,
    subject: kind === null || id === null ? null : { kind, id, name: name ?? id },
    outcome: row.outcome,
    detail: row.detail,
  };
}
