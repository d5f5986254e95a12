import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Role } from '@cyclorama/shared/common.ts';

import { isoOf } from '../../lib/clock.ts';
import type { ActivityRow } from '../../store/activity-chain.ts';
import type { SearchedColumn } from '../../store/activity.ts';

/** Where a person came from, and why, is for admins. */
export function presentActivity(row: ActivityRow, reader: Role): ActivityEntry {
  const { subject_kind: kind, subject_id: id, subject_name: name } = row;
  const origin = {
    address: row.address,
    requestId: row.request_id,
    wayId: row.way_id,
    wayName: row.way_name,
    reason: row.reason,
  };
  const hasOrigin = reader === 'admin' && Object.values(origin).some((value) => value !== null);
  return {
    id: row.id,
    at: isoOf(row.at),
    actor: row.actor,
    action: row.action,
    subject: kind === null || id === null ? null : { kind, id, name: name ?? id },
    outcome: row.outcome,
    detail: row.detail,
    way: row.way,
    intent: row.intent,
    before: row.value_before,
    after: row.value_after,
    origin: hasOrigin ? origin : null,
  };
}

const forAll: SearchedColumn[] = ['actor', 'action', 'subject_id', 'subject_name', 'detail'];
const forAdmins: SearchedColumn[] = [...forAll, 'reason', 'address', 'request_id'];

/** Nobody finds by search what they are not shown. */
export function searchedFor(reader: Role): SearchedColumn[] {
  return reader === 'admin' ? forAdmins : forAll;
}
