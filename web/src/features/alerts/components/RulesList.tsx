import type { AlertRule } from '@cyclorama/shared/alerts.ts';
import { conditionText } from '@cyclorama/shared/rules/alerts.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { formatDuration } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { LoadingState } from '../../../ui/states.tsx';
import { alertRulesQuery } from '../queries.ts';
import { severityTones } from '../rows.ts';
import { DeleteRuleDialog } from './DeleteRuleDialog.tsx';
import { RuleActions } from './RuleActions.tsx';
import type { RuleDialogKind } from './RuleActions.tsx';
import { RuleDialog } from './RuleDialog.tsx';

const columnsOf = (onAsk: (kind: RuleDialogKind, rule: AlertRule) => void): Column<AlertRule>[] => [
  {
    key: 'name',
    header: 'Rule',
    primary: true,
    minWidth: 160,
    value: ({ name }) => name,
    cell: ({ name }) => <span title={name}>{name}</span>,
  },
  {
    key: 'condition',
    header: 'Fires when',
    minWidth: 168,
    priority: 2,
    wide: true,
    cell: (rule) => <Condition rule={rule} />,
  },
  {
    key: 'severity',
    header: 'Severity',
    width: 104,
    priority: 3,
    cell: ({ severity }) => <Badge tone={severityTones[severity]}>{severity}</Badge>,
  },
  { key: 'state', header: 'State', width: 112, priority: 1, cell: (rule) => <State rule={rule} /> },
  {
    key: 'changed',
    header: 'Changed by',
    width: 150,
    priority: 4,
    cell: ({ changedBy }) => changedBy ?? <span className="text-muted">built in</span>,
  },
  {
    key: 'switch',
    header: 'Actions',
    width: 250,
    action: true,
    cell: (rule) => <RuleActions rule={rule} onAsk={onAsk} />,
  },
];

export function RulesList() {
  const query = useQuery(alertRulesQuery);
  // Beside the list: a cell is made anew when the list becomes cards, and what was typed in it is lost.
  const [asked, setAsked] = useState<{ kind: RuleDialogKind; rule: AlertRule } | null>(null);
  const columns = useMemo(() => columnsOf((kind, rule) => setAsked({ kind, rule })), []);
  const close = () => setAsked(null);
  return (
    <>
      <QueryView query={query} loading={<LoadingState rows={5} label="Loading rules" />}>
        {({ rules }) => (
          <DataTable caption="Alert rules" columns={columns} rows={rules} rowKey={({ id }) => id} />
        )}
      </QueryView>
      {asked?.kind === 'edit' && <RuleDialog rule={asked.rule} onClose={close} />}
      {asked?.kind === 'delete' && <DeleteRuleDialog rule={asked.rule} onClose={close} />}
    </>
  );
}

function Condition({ rule: { condition, forSeconds, scope } }: { rule: AlertRule }) {
  const count = scope.objects.length + scope.names.length + scope.deployments.length;
  return (
    <>
      {conditionText(condition)}
      {forSeconds > 0 && <span className="text-muted"> for {formatDuration(forSeconds * 1000)}</span>}
      {count > 0 && <span className="text-muted"> of {count} named</span>}
    </>
  );
}

function State({ rule: { enabled, firing, blind } }: { rule: AlertRule }) {
  if (!enabled) return <span className="text-muted">off</span>;
  if (blind !== null)
    return (
      <span title={blind}>
        <Badge tone="warning">not checked</Badge>
        <span className="sr-only">{blind}</span>
      </span>
    );
  return firing === 0 ? <>quiet</> : <Badge tone="danger">{firing} firing</Badge>;
}
