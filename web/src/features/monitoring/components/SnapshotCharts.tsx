import { useState } from 'react';

import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { shortenId } from '../../../lib/ids.ts';
import { formatBytes } from '../../../lib/units.ts';
import { BarChart } from '../../../ui/bar-chart.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Select } from '../../../ui/select.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { disconnects, latencyByInstance, requestsByInstance, responses, urlRows } from '../snapshot.rules.ts';
import type { Snapshot, Span, UrlRow } from '../snapshot.rules.ts';

const count = (value: number) => value.toLocaleString('en');
const milliseconds = (value: number) => `${count(Math.round(value * 10) / 10)} ms`;

const urlColumns: Column<UrlRow>[] = [
  { key: 'url', header: 'URL', primary: true, value: ({ url }) => url, cell: ({ url }) => url },
  { key: 'method', header: 'Method', width: 90, value: ({ method }) => method, cell: ({ method }) => method },
  {
    key: 'total',
    header: 'Requests',
    align: 'right',
    width: 110,
    priority: 1,
    value: ({ total }) => total,
    cell: ({ total }) => count(total),
  },
  {
    key: 'average',
    header: 'Average',
    align: 'right',
    width: 110,
    priority: 2,
    value: ({ averageMs }) => averageMs,
    cell: ({ averageMs }) => (averageMs === null ? '–' : milliseconds(averageMs)),
  },
];

export function SnapshotCharts({ controller, snapshot }: { controller: string; snapshot: Snapshot }) {
  const [span, setSpan] = useState<Span>('current');
  const { data } = useTopology();
  const index = data === undefined ? null : indexTopology(data);
  const nameOf = (id: string) => index?.get('instance', id)?.name ?? shortenId(id);
  const half = snapshot[span];
  const { metrics } = half;
  const urls = urlRows(half);
  return (
    <Panel
      title={`Controller ${controller}`}
      actions={
        <Select
          aria-label={`Span of ${controller}`}
          value={span}
          options={[
            { value: 'current', label: 'Since the last snapshot' },
            { value: 'cumulative', label: 'Since it started' },
          ]}
          onValueChange={setSpan}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <DefinitionList
          items={[
            ['Taken', <Absolute key="taken" at={snapshot.time} />],
            ['Started', <Absolute key="started" at={snapshot.started} />],
            ['Version', snapshot.version ?? null],
            ['Connections', count(metrics.connections)],
            ['Requests', count(metrics.requests)],
            ['Sent', formatBytes(metrics.bytes_transmitted)],
            ['Received', formatBytes(metrics.bytes_received)],
          ]}
        />
        <div className="grid gap-4 lg:grid-cols-2">
          <BarChart title="Requests by instance" bars={requestsByInstance(half, nameOf)} format={count} />
          <BarChart
            title="Median latency by instance, ms"
            bars={latencyByInstance(half, nameOf)}
            format={milliseconds}
            formatTick={count}
          />
          <BarChart title="Answers by status" bars={responses(half)} format={count} />
          <BarChart title="Ends of connections" bars={disconnects(half)} format={count} />
        </div>
        {urls.length > 0 && (
          <DataTable
            caption="URLs"
            columns={urlColumns}
            rows={urls}
            rowKey={({ key }) => key}
            height="320px"
          />
        )}
      </div>
    </Panel>
  );
}
