import type { AlertRule, AlertRuleRequest, AlertTrial } from '@cyclorama/shared/alerts.ts';
import { conditionText } from '@cyclorama/shared/rules/alerts.ts';

import { AppError } from '../../lib/errors.ts';
import type { RequestKey } from '../../lib/idempotency.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import {
  alertRuleById,
  deleteAlertRule,
  insertAlertRule,
  listAlertRules,
  updateAlertRule,
} from '../../store/alert-rules.ts';
import type { AlertRuleRow } from '../../store/alert-rules.ts';
import { firingCounts } from '../../store/alerts.ts';
import type { FeatureContext } from '../context.ts';
import { presentRule } from './rule.ts';
import type { CheckedRule } from './rule.ts';
import { sourceOf } from './sources/source.ts';
import type { Sources } from './sources/source.ts';

const MOST_RULES = 200;

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord' | 'newId'> & {
  sources: Sources;
  tryOn: (rule: CheckedRule) => Promise<AlertTrial>;
};

export type RulesService = ReturnType<typeof createRulesService>;

export function createRulesService({ db, clock, hub, changeOnRecord, newId, sources, tryOn }: Deps) {
  const toRule = (row: AlertRuleRow, firing: number): AlertRule[] => {
    const rule = presentRule(row, { firing, blind: null });
    if (rule === null) return [];
    return [{ ...rule, blind: sourceOf(sources, rule.condition).blind(rule.condition) }];
  };
  const ruleOf = (row: AlertRuleRow | null): AlertRule => {
    const [rule] = row === null ? [] : toRule(row, 0);
    if (rule !== undefined) return rule;
    throw new AppError('not-found', 'There is no such alert rule.', {
      hint: 'Somebody may have deleted it.',
    });
  };
  const changed = (): void => hub.publish({ type: 'alerts' });
  const columnsOf = (request: AlertRuleRequest, person: Person) => ({
    name: visibleText(request.name),
    condition: JSON.stringify(request.condition),
    scope: JSON.stringify(request.scope),
    for_seconds: request.forSeconds,
    severity: request.severity,
    enabled: request.enabled ? (1 as const) : (0 as const),
    changed_by: person.name,
    changed_at: clock.now(),
  });

  return {
    async list(): Promise<AlertRule[]> {
      const counts = await firingCounts(db);
      const firing = (id: string): number =>
        counts.filter(({ rule }) => rule === id).reduce((total, { count }) => total + count, 0);
      return (await listAlertRules(db)).flatMap((row) => toRule(row, firing(row.id)));
    },

    get: async (id: string): Promise<AlertRule> => ruleOf(await alertRuleById(db, id)),

    async make(request: AlertRuleRequest, person: Person, requestKey: RequestKey | null): Promise<AlertRule> {
      if ((await listAlertRules(db)).length >= MOST_RULES)
        throw new AppError('conflict', `There are ${MOST_RULES} rules already. Nothing was saved.`, {
          hint: 'Delete one that nobody needs.',
        });
      const row = { id: newId(), is_built_in: 0 as const, ...columnsOf(request, person) };
      const made = await changeOnRecord(async (within, note) => {
        const inserted = await insertAlertRule(within, row, requestKey);
        note({
          actor: person.name,
          action: 'alert-rule.make',
          subject: { kind: 'alert-rule', id: row.id, name: row.name },
          outcome: 'done',
          after: ruleText(request),
        });
        return inserted;
      });
      changed();
      return ruleOf(made);
    },

    async change(id: string, request: AlertRuleRequest, person: Person): Promise<AlertRule> {
      const before = ruleOf(await alertRuleById(db, id));
      const columns = columnsOf(request, person);
      const row = await changeOnRecord(async (within, note) => {
        const updated = await updateAlertRule(within, id, columns);
        if (updated !== null)
          note({
            actor: person.name,
            action: 'alert-rule.change',
            subject: { kind: 'alert-rule', id, name: columns.name },
            outcome: 'done',
            before: ruleText(before),
            after: ruleText(request),
          });
        return updated;
      });
      changed();
      return ruleOf(row);
    },

    async remove(id: string, person: Person): Promise<void> {
      const rule = ruleOf(await alertRuleById(db, id));
      if (rule.isBuiltIn)
        throw new AppError('not-allowed-now', 'This rule comes with the product. It was not deleted.', {
          hint: 'Switch it off instead.',
        });
      await changeOnRecord(async (within, note) => {
        const deleted = await deleteAlertRule(within, id);
        if (deleted !== null)
          note({
            actor: person.name,
            action: 'alert-rule.delete',
            subject: { kind: 'alert-rule', id, name: deleted.name },
            outcome: 'done',
            before: ruleText(rule),
          });
      });
      changed();
    },

    /** Changes nothing. */
    try: ({ name, severity, condition, scope, forSeconds }: AlertRuleRequest): Promise<AlertTrial> =>
      tryOn({ id: '', name, severity, condition, scope, forMs: forSeconds * 1000 }),
  };
}

type RuleText = Pick<
  AlertRuleRequest,
  'name' | 'condition' | 'forSeconds' | 'severity' | 'enabled' | 'scope'
>;

function ruleText({ name, condition, forSeconds, severity, enabled, scope }: RuleText): string {
  const objects = scope.objects.length + scope.names.length + scope.deployments.length;
  const of = objects === 0 ? '' : `, of ${objects} named`;
  return `${name}: ${conditionText(condition)} for ${forSeconds} s${of}, ${severity}, ${enabled ? 'on' : 'off'}`;
}
