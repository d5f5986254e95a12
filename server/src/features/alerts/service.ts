import type { AcknowledgeRequest, Alert, AlertsResponse, AlertsSummary } from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { acknowledgeRefusal } from '@cyclorama/shared/rules/alerts.ts';

import { AppError } from '../../lib/errors.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import { acknowledgeAlert, alertById, firingCounts, openAlerts, resolvedAlerts } from '../../store/alerts.ts';
import type { FeatureContext } from '../context.ts';
import { presentAlert } from './presenter.ts';

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord'>;

export type AlertsService = ReturnType<typeof createAlertsService>;

export function createAlertsService({ db, clock, hub, changeOnRecord }: Deps) {
  const changed = (): void => hub.publish({ type: 'alerts' });

  return {
    async list({ state, limit }: { state: 'open' | 'resolved'; limit: number }): Promise<AlertsResponse> {
      if (state === 'resolved') {
        const { rows, total } = await resolvedAlerts(db, limit);
        return { alerts: rows.map(presentAlert), total };
      }
      const all = await openAlerts(db);
      return { alerts: all.slice(0, limit).map(presentAlert), total: all.length };
    },

    async summary(): Promise<AlertsSummary> {
      const counts = await firingCounts(db);
      const sum = (some: typeof counts): number => some.reduce((total, { count }) => total + count, 0);
      const open = counts.filter(({ isAcknowledged }) => !isAcknowledged);
      const worst = alertSeverity.options.find((each) => open.some(({ severity }) => severity === each));
      return { firing: sum(counts), unacknowledged: sum(open), worst: worst ?? null };
    },

    async acknowledge(id: string, { note: given }: AcknowledgeRequest, person: Person): Promise<Alert> {
      const stored = await alertById(db, id);
      if (stored === null) throw new AppError('not-found', 'There is no such alert.');
      const text = visibleText(given ?? '');
      const row = await changeOnRecord(async (within, note) => {
        const acknowledged = await acknowledgeAlert(within, id, {
          by: person.name,
          at: clock.now(),
          note: text === '' ? null : text,
        });
        if (acknowledged !== null)
          note({
            actor: person.name,
            action: 'alert.acknowledge',
            subject: { kind: 'alert', id, name: `${acknowledged.rule_name}: ${acknowledged.object_name}` },
            outcome: 'done',
            detail: acknowledged.acknowledged_note,
          });
        return acknowledged;
      });
      if (row === null) {
        const now = (await alertById(db, id)) ?? stored;
        const why = acknowledgeRefusal(presentAlert(now)) ?? 'It is acknowledged already.';
        throw new AppError('not-allowed-now', `${why} Nothing was changed.`);
      }
      changed();
      return presentAlert(row);
    },
  };
}
