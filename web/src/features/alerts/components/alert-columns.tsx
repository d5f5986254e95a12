import type { Alert } from '@cyclorama/shared/alerts.ts';
import { Link } from '@tanstack/react-router';

import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { Ago } from '../../../ui/time.tsx';
import { untoldText } from '../rows.ts';
import type { AlertsSearch } from '../search.ts';
import { AcknowledgeButton } from './AcknowledgeButton.tsx';
import { AlertBadge } from './AlertBadge.tsx';

const object: Column<Alert> = {
  key: 'object',
  header: 'Object',
  primary: true,
  value: ({ of }) => of.name,
  cell: ({ of }) => (
    <ResourceLink kind={of.kind} id={of.id}>
      {of.name}
    </ResourceLink>
  ),
};
const severity: Column<Alert> = {
  key: 'severity',
  header: 'Severity',
  width: 104,
  priority: 1,
  cell: (alert) => <AlertBadge alert={alert} />,
};
const detail: Column<Alert> = {
  key: 'detail',
  header: 'What',
  priority: 2,
  wide: true,
  cell: (alert) => (
    <>
      <Link
        to="/alerts"
        search={(before: AlertsSearch) => ({ ...before, alert: alert.id })}
        title={alert.detail}
        className="hover:underline"
      >
        {alert.detail}
      </Link>
      {untoldText(alert) !== null && <span className="text-muted"> · {untoldText(alert)}</span>}
    </>
  ),
};
const rule: Column<Alert> = {
  key: 'rule',
  header: 'Rule',
  priority: 3,
  value: ({ rule: { name } }) => name,
  cell: ({ rule: { name } }) => <span title={name}>{name}</span>,
};

export const openColumns = (onAcknowledge: (alert: Alert) => void): Column<Alert>[] => [
  severity,
  object,
  detail,
  rule,
  {
    key: 'since',
    header: 'Since',
    width: 128,
    priority: 2,
    value: ({ since }) => since,
    cell: ({ since }) => <Ago at={since} />,
  },
  {
    key: 'acknowledged',
    header: 'Acknowledged',
    width: 200,
    action: true,
    cell: (alert) => <AcknowledgeButton alert={alert} onAcknowledge={onAcknowledge} />,
  },
];

export const overColumns: Column<Alert>[] = [
  severity,
  object,
  detail,
  rule,
  {
    key: 'fired',
    header: 'Fired',
    width: 128,
    priority: 3,
    value: ({ firedAt }) => firedAt,
    cell: ({ firedAt }) => <Ago at={firedAt} />,
  },
  {
    key: 'resolved',
    header: 'Over',
    width: 128,
    priority: 1,
    value: ({ resolvedAt }) => resolvedAt,
    cell: ({ resolvedAt }) => <Ago at={resolvedAt} />,
  },
  {
    key: 'because',
    header: 'Why',
    priority: 4,
    wide: true,
    cell: ({ resolvedBecause }) => resolvedBecause ?? NO_VALUE,
  },
  {
    key: 'by',
    header: 'Acknowledged by',
    width: 150,
    priority: 4,
    value: ({ acknowledged }) => acknowledged?.by ?? null,
    cell: ({ acknowledged }) => acknowledged?.by ?? NO_VALUE,
  },
];
