import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { forgetPending, insertAlerts, moveAlerts } from '../../store/alerts.ts';
import type { AlertRow } from '../../store/alerts.ts';
import type { Database } from '../../store/schema.ts';
import type { CheckedRule } from './rule.ts';
import type { Transitions } from './transitions.ts';

type Deps = { clock: Clock; newId: () => string };
/** `rule` null: it is gone, so nothing begins. */
type Change = { rule: CheckedRule | null; transitions: Transitions };

/** In the transaction of the round. */
export async function writeTransitions(
  within: Kysely<Database>,
  { rule, transitions }: Change,
  { clock, newId }: Deps,
): Promise<void> {
  const now = clock.now();
  const { begin, fire, resolve, forget } = transitions;
  if (rule !== null)
    await insertAlerts(
      within,
      begin.map(({ match, since, fires }): AlertRow => ({
        id: newId(),
        rule_id: rule.id,
        rule_name: rule.name,
        severity: rule.severity,
        object_kind: match.kind,
        object_id: match.id,
        object_name: match.name,
        container_id: match.containerId,
        state: fires ? 'firing' : 'pending',
        detail: match.detail,
        since,
        fired_at: fires ? now : null,
        resolved_at: null,
        resolved_because: null,
        acknowledged_by: null,
        acknowledged_at: null,
        acknowledged_note: null,
        told_at: null,
        over_told_at: null,
      })),
    );
  for (const [detail, some] of Map.groupBy(fire, ({ detail }) => detail)) {
    const ids = some.map(({ alert }) => alert.id);
    await moveAlerts(within, ids, { from: 'pending', change: { state: 'firing', fired_at: now, detail } });
  }
  for (const [because, some] of Map.groupBy(resolve, ({ because }) => because)) {
    const ids = some.map(({ alert }) => alert.id);
    const change = { state: 'resolved', resolved_at: now, resolved_because: because } as const;
    await moveAlerts(within, ids, { from: 'firing', change });
  }
  await forgetPending(
    within,
    forget.map(({ id }) => id),
  );
}
