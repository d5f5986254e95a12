import type {
  AcknowledgeRequest,
  Alert,
  AlertRule,
  AlertRuleRequest,
  AlertsResponse,
  AlertsSummary,
} from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { acknowledgeRefusal, conditionText } from '@cyclorama/shared/rules/alerts.ts';

import { AppError } from '../../lib/errors.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import { alertRuleById, listAlertRules, updateAlertRule } from '../../store/alert-rules.ts';
import type { AlertRuleRow } from '../../store/alert-rules.ts';
import { acknowledgeAlert, alertById, firingCounts, openAlerts, resolvedAlerts } from '../../store/alerts.ts';
import type { FeatureContext } from '../context.ts';
import type { Sources } from './evaluator.ts';
import { presentAlert } from './presenter.ts';
import { presentRule } from './rule.ts';

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord'> & { sources: Sources };

export type AlertsService = ReturnType<typeof createAlertsService>;

export function createAlertsService({ db, clock, hub, changeOnRecord, sources }: Deps) {
  const toRule = (row: AlertRuleRow, firing: number): AlertRule[] => {
    const rule = presentRule(row, { firing, blind: null });
    return rule === null ? [] : [{ ...rule, blind: sources[rule.condition.kind].blind(rule.condition) }];
  };
  const ruleOf = (row: AlertRuleRow | null): AlertRule => {
    const [rule] = row === null ? [] : toRule(row, 0);
    if (rule !== undefined) return rule;
    throw new AppError('not-found', 'There is no such alert rule.', {
      hint: 'Somebody may have deleted it.',
    });
  };
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

    async rules(): Promise<AlertRule[]> {
      const counts = await firingCounts(db);
      const firing = (id: string): number =>
        counts.filter(({ rule }) => rule === id).reduce((total, { count }) => total + count, 0);
      return (await listAlertRules(db)).flatMap((row) => toRule(row, firing(row.id)));
    },

    async changeRule(id: string, request: AlertRuleRequest, person: Person): Promise<AlertRule> {
      const before = ruleOf(await alertRuleById(db, id));
      const { condition, scope, forSeconds, severity, enabled } = request;
      const name = visibleText(request.name);
      const row = await changeOnRecord(async (within, note) => {
        const updated = await updateAlertRule(within, id, {
          name,
          condition: JSON.stringify(condition),
          scope: JSON.stringify(scope),
          for_seconds: forSeconds,
          severity,
          enabled: enabled ? 1 : 0,
          changed_by: person.name,
          changed_at: clock.now(),
        });
        if (updated !== null)
          note({
            actor: person.name,
            action: 'alert-rule.change',
            subject: { kind: 'alert-rule', id, name },
            outcome: 'done',
            before: ruleText(before),
            after: ruleText({ ...request, name }),
          });
        return updated;
      });
      changed();
      return ruleOf(row);
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

type RuleText = Pick<
  AlertRuleRequest,
  'name' | 'condition' | 'forSeconds' | 'severity' | 'enabled' | 'scope'
>;

function ruleText({ name, condition, forSeconds, severity, enabled, scope }: RuleText): string {
  const objects = scope.objects.length + scope.deployments.length;
  const of = objects === 0 ? '' : `, of ${objects} named`;
  return `${name}: ${conditionText(condition)} for ${forSeconds} s${of}, ${severity}, ${enabled ? 'on' : 'off'}`;
}
