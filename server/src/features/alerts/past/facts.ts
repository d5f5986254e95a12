import { inScope } from '@cyclorama/shared/rules/alerts.ts';
import type { Kysely } from 'kysely';

import { failedClaims, heldSince } from '../../../store/alert-facts.ts';
import { lastQueueLengths, queueLengthsSince } from '../../../store/queue-history.ts';
import type { Database } from '../../../store/schema.ts';
import type { CheckedRule } from '../rule.ts';
import type { ConditionOf } from '../sources/source.ts';
import type { PastOf } from './intervals.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

type Asked<K extends 'queue' | 'claims' | 'age'> = {
  db: Kysely<Database>;
  condition: ConditionOf<K>;
  scope: CheckedRule['scope'];
  past: PastOf;
  from: number;
  to: number;
};

export async function walkQueues(
  robotType: (id: string) => string | null,
  { db, condition: { robotType: wanted, above }, scope, past, from, to }: Asked<'queue'>,
): Promise<void> {
  for (const { deployment_id: id } of await lastQueueLengths(db)) {
    const type = robotType(id);
    if (type === null || (wanted !== null && wanted !== type)) continue;
    if (!inScope(scope, { id, names: [type] })) continue;
    for (const { at, length } of await queueLengthsSince(db, id, from)) {
      if (at > to || length === null) continue;
      if (length > above) past.begin({ kind: 'deployment', id, name: type }, at);
      else past.end(id, at);
    }
  }
}

/** A container's failures count for as long as the window is wide. */
export async function walkFailures({
  db,
  condition: { failures, minutes },
  scope,
  past,
  from,
  to,
}: Asked<'claims'>): Promise<void> {
  const windowMs = minutes * MINUTE_MS;
  const rows = await failedClaims(db, from - windowMs);
  for (const [id, some] of Map.groupBy(rows, (row) => row.container_id)) {
    if (!inScope(scope, { id, names: some.map((one) => one.container_name) })) continue;
    const name = some.at(-1)?.container_name ?? id;
    for (const [index, { ended_at: at }] of some.entries()) {
      const oldest = some[index - failures + 1]?.ended_at;
      const before = some[index - 1]?.ended_at;
      // Between two failures the older ones leave the window.
      const left = some[index - failures]?.ended_at;
      if (before !== undefined && left !== undefined && left + windowMs < at) past.end(id, left + windowMs);
      if (oldest !== undefined && at - oldest < windowMs && at >= from && at <= to)
        past.begin({ kind: 'container', id, name }, at);
    }
    const last = some[some.length - failures]?.ended_at;
    if (last !== undefined && last + windowMs <= to) past.end(id, last + windowMs);
  }
}

export async function walkAges({
  db,
  condition: { of, hours },
  scope,
  past,
  from,
  to,
}: Asked<'age'>): Promise<void> {
  if (of === 'deployment') return;
  for (const { id, name, containerId, requested_at: begun, ended_at: ended } of await heldSince(
    db,
    of,
    from,
  )) {
    const since = Math.max(from, begun + hours * HOUR_MS);
    if (since > (ended ?? to) || !inScope(scope, { id, names: [name], containerId })) continue;
    past.add({ kind: of, id, name }, { from: since, until: ended }, to);
  }
}
