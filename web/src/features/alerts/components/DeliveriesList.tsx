import type { AlertDelivery } from '@cyclorama/shared/alert-deliveries.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { NO_VALUE } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { Ago, FromNow } from '../../../ui/time.tsx';
import { alertDeliveriesQuery } from '../queries.ts';
import { channelLabels, deliveryStates } from '../rows.ts';
import { RetryButton } from './RetryButton.tsx';

const columns: Column<AlertDelivery>[] = [
  {
    key: 'state',
    header: 'State',
    width: 112,
    priority: 1,
    value: ({ state }) => state,
    cell: ({ state }) => <Badge tone={deliveryStates[state].tone}>{deliveryStates[state].label}</Badge>,
  },
  {
    key: 'message',
    header: 'Message',
    primary: true,
    wide: true,
    value: ({ summary }) => summary,
    cell: ({ summary, messageId }) => <span title={`${summary} (${messageId})`}>{summary}</span>,
  },
  { key: 'to', header: 'To', width: 100, priority: 4, cell: ({ channel }) => channelLabels[channel] },
  {
    key: 'created',
    header: 'Made',
    width: 112,
    priority: 3,
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Ago at={createdAt} />,
  },
  { key: 'outcome', header: 'Last try', priority: 2, wide: true, cell: (row) => <LastTry row={row} /> },
  {
    key: 'next',
    header: 'Next try',
    width: 112,
    priority: 3,
    value: ({ nextAt }) => nextAt,
    cell: ({ nextAt }) => (nextAt === null ? NO_VALUE : <FromNow at={nextAt} />),
  },
  {
    key: 'retry',
    header: 'Actions',
    width: 120,
    action: true,
    cell: (delivery) => <RetryButton delivery={delivery} />,
  },
];

/** What was told of alerts, to whom, and how far it has come. */
export function DeliveriesList() {
  const query = useQuery(alertDeliveriesQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={5} label="Loading deliveries" />}>
      {({ webhookHost, deliveries, total }) => (
        <>
          <Where host={webhookHost} />
          {deliveries.length === 0 ? (
            <EmptyState
              title="Nothing was sent yet"
              hint="What is told of alerts outside of this page stands here for 30 days."
            />
          ) : (
            <DataTable caption="Deliveries" columns={columns} rows={deliveries} rowKey={({ id }) => id} />
          )}
          {total > deliveries.length && (
            <p className="text-muted">
              The newest {deliveries.length} of {total}.
            </p>
          )}
        </>
      )}
    </QueryView>
  );
}

function Where({ host }: { host: string | null }) {
  return (
    <p className="text-muted">
      {host === null ? (
        'No webhook is set. Set ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET to have alerts sent to one.'
      ) : (
        <>
          Sent to <span className="text-text">{host}</span>, signed as Standard Webhooks. What fails is tried
          again for eight hours.
        </>
      )}
    </p>
  );
}

function LastTry({ row: { triedAt, status, fault, tries } }: { row: AlertDelivery }) {
  if (triedAt === null) return <span className="text-muted">not tried yet</span>;
  return (
    <>
      {fault ?? `Taken with ${status}.`} <span className="text-muted">Try {tries}, </span>
      <Ago at={triedAt} />
    </>
  );
}
