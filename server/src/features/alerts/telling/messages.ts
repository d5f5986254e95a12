import type { AlertChannel, AlertMessage, AlertMessageKind } from '@cyclorama/shared/alert-deliveries.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { messageText, onlyAlertOf } from '@cyclorama/shared/rules/alert-messages.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { isoOf } from '../../../lib/clock.ts';
import { insertAlertMessage, takeUntoldAlerts } from '../../../store/alert-messages.ts';
import type { AlertRow } from '../../../store/alerts.ts';
import type { Database } from '../../../store/schema.ts';
import { presentAlert } from '../presenter.ts';

/** So many are described; the rest is a number. */
const MOST_DESCRIBED = 20;

export type Telling = {
  clock: Clock;
  newId: () => string;
  /** Where messages go, besides the page. */
  channels: readonly AlertChannel[];
  /** Of PUBLIC_URL; null where it is not set. */
  publicUrl: string | null;
};

/** In the transaction of the round: what is to be told and was not becomes one message for each rule and kind. */
export async function writeMessages(within: Kysely<Database>, telling: Telling): Promise<void> {
  const { clock, newId, channels } = telling;
  const now = clock.now();
  const untold = await takeUntoldAlerts(within, now);
  for (const kind of ['firing', 'resolved'] as const)
    for (const alerts of Map.groupBy(untold[kind], (alert) => alert.rule_id).values()) {
      const [first] = alerts;
      if (first === undefined) continue;
      const body = messageOf(kind, alerts, telling);
      const message = {
        id: newId(),
        rule_id: first.rule_id,
        rule_name: first.rule_name,
        kind,
        summary: body.data.summary,
        body: JSON.stringify(body),
        created_at: now,
      };
      await insertAlertMessage(
        within,
        message,
        channels.map((channel) => ({ id: newId(), channel })),
      );
    }
}

/** `alerts`: at least one, all of one rule. */
export function messageOf(
  kind: AlertMessageKind,
  alerts: readonly AlertRow[],
  { clock, publicUrl }: Pick<Telling, 'clock' | 'publicUrl'>,
): AlertMessage {
  const sorted = alerts.toSorted((a, b) => a.object_name.localeCompare(b.object_name));
  const all = sorted.map(presentAlert);
  const rule = { id: alerts[0]?.rule_id ?? '', name: alerts[0]?.rule_name ?? '' };
  const names = all.map(({ of }) => of.name);
  const described = all
    .slice(0, MOST_DESCRIBED)
    .map(({ id, severity, of, detail, since, firedAt, resolvedAt, resolvedBecause }) => ({
      id,
      severity,
      of,
      detail,
      since,
      firedAt,
      resolvedAt,
      resolvedBecause,
    }));
  const only = onlyAlertOf({ total: all.length, alerts: described });
  return {
    type: `alert.${kind}`,
    timestamp: isoOf(clock.now()),
    data: {
      summary: messageText(kind, rule.name, names),
      rule,
      severity: alertSeverity.options.find((each) => all.some(({ severity }) => severity === each)) ?? 'info',
      total: all.length,
      alerts: described,
      url: publicUrl === null ? null : `${publicUrl}/alerts${placeOf(kind, only)}`,
    },
  };
}

/** Of one alert its own place, of several the list they are in. */
function placeOf(kind: AlertMessageKind, only: string | null): string {
  const asked = new URLSearchParams();
  if (kind === 'resolved') asked.set('view', 'over');
  if (only !== null) asked.set('alert', only);
  return asked.size === 0 ? '' : `?${asked.toString()}`;
}
