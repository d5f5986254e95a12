import type {
  AcknowledgeRequest,
  Alert,
  AlertsResponse,
  AlertsSummary,
  AlertsWithinResponse,
} from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { acknowledgeRefusal } from '@cyclorama/shared/rules/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

import { AppError } from '../../lib/errors.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import {
  acknowledgeAlert,
  alertById,
  alertsWithin,
  firingCounts,
  openAlerts,
  resolvedAlerts,
} from '../../store/alerts.ts';
import type { AlertRow } from '../../store/alerts.ts';
import { KEPT_DAYS } from '../../store/retention/kept.ts';
import type { FeatureContext } from '../context.ts';
import { presentAlert } from './presenter.ts';

const MOST_WITHIN = 200;
/** What has charts. */
const MEASURED = ['instance', 'container', 'server', 'environment'];

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord'> & {
  nodes: () => readonly TopologyNode[] | null;
};

export type AlertsService = ReturnType<typeof createAlertsService>;

export function createAlertsService({ db, clock, hub, changeOnRecord, nodes }: Deps) {
  const changed = (): void => hub.publish({ type: 'alerts' });
  const stored = async (id: string): Promise<AlertRow> => {
    const row = await alertById(db, id);
    if (row !== null) return row;
    throw new AppError('not-found', 'There is no such alert.', {
      hint: `Alerts that are over are kept for ${KEPT_DAYS.alerts} days; one that never fired, not at all.`,
    });
  };

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

    async within({ of, from, to }: { of: string; from: number; to: number }): Promise<AlertsWithinResponse> {
      if (to <= from)
        throw new AppError('invalid-request', 'query.to: expected a time after query.from.', {
          field: 'query.to',
        });
      const within = { of: partsOf(of, nodes() ?? []), kinds: MEASURED, from, to, limit: MOST_WITHIN };
      return { alerts: (await alertsWithin(db, within)).map(presentAlert) };
    },

    get: async (id: string): Promise<Alert> => presentAlert(await stored(id)),

    async acknowledge(id: string, { note: given }: AcknowledgeRequest, person: Person): Promise<Alert> {
      const before = await stored(id);
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
        const now = (await alertById(db, id)) ?? before;
        const why = acknowledgeRefusal(presentAlert(now)) ?? 'It is acknowledged already.';
        throw new AppError('not-allowed-now', `${why} Nothing was changed.`);
      }
      changed();
      return presentAlert(row);
    },
  };
}

/** Whose alerts are those of an object, besides what has it as its container; null: of everything. */
function partsOf(id: string, nodes: readonly TopologyNode[]): string[] | null {
  const kind = nodes.find((node) => node.id === id)?.kind;
  if (kind === 'environment') return null;
  if (kind !== 'server') return [id];
  return [id, ...nodes.flatMap((node) => (node.kind === 'instance' && node.serverId === id ? node.id : []))];
}
