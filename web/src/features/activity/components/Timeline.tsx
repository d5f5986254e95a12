import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { StateGlyph } from '../../../ui/state-glyph.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { timelineQuery } from '../queries.ts';
import { useActivitySearch } from '../search.ts';
import { lineOf } from '../timeline.rules.ts';
import type { TimelineRow } from '../timeline.rules.ts';
import { JobsNotSetUp } from './JobsNotSetUp.tsx';
import { OlderButton } from './OlderButton.tsx';
import { TimelineSheet } from './TimelineSheet.tsx';

const columns: Column<TimelineRow>[] = [
  {
    key: 'what',
    header: 'What',
    width: 250,
    primary: true,
    cell: ({ line: { what, visual } }) => (
      <span className={visual.tone === 'danger' ? 'text-danger-text' : undefined}>{what}</span>
    ),
  },
  {
    key: 'outcome',
    header: 'Outcome',
    priority: 1,
    width: 115,
    cell: ({ line: { visual } }) => (
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <StateGlyph shape={visual.shape} tone={visual.tone} />
        {visual.label}
      </span>
    ),
  },
  {
    key: 'object',
    header: 'Resource',
    priority: 2,
    width: 200,
    cell: ({ line: { object } }) =>
      object === null ? (
        NO_VALUE
      ) : (
        <ResourceLink kind={object.kind} id={object.id} className="font-medium hover:underline">
          {object.name}
        </ResourceLink>
      ),
  },
  { key: 'ago', header: 'Time', priority: 3, width: 110, cell: ({ item }) => <Ago at={item.at} /> },
  {
    key: 'who',
    header: 'Person',
    priority: 4,
    width: 130,
    cell: ({ line: { who } }) => who ?? <span className="text-muted">System</span>,
  },
  {
    key: 'detail',
    header: 'Detail',
    wide: true,
    priority: 5,
    cell: ({ line: { detail } }) => <span title={detail ?? undefined}>{detail ?? NO_VALUE}</span>,
  },
];

/** What people did, what happened to objects, and Cycle's jobs. */
export function Timeline() {
  const [search] = useActivitySearch();
  const query = useInfiniteQuery(timelineQuery(search));
  const topology = useTopology();
  const [opened, setOpened] = useState<TimelineRow | null>(null);
  const index = topology.data === undefined ? null : indexTopology(topology.data);
  const objectOf = (id: string) => index?.byId.get(id) ?? null;
  return (
    <QueryView query={query} loading={<LoadingState rows={14} />}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) =>
          items.map((item): TimelineRow => ({ item, line: lineOf(item, objectOf) })),
        );
        const fault = pages[0]?.jobsFault ?? null;
        return (
          <>
            {fault !== null && (
              <p className="rounded-lg border border-line bg-sunken px-3 py-2">
                Cycle’s jobs may be missing or old: {fault}
              </p>
            )}
            {rows.length === 0 ? (
              <EmptyState
                title="No entries match."
                hint="Actions of people, what happens to instances and containers, and Cycle’s jobs are listed here."
              />
            ) : (
              <DataTable
                caption="Activity"
                columns={columns}
                rows={rows}
                rowKey={({ line }) => line.key}
                height="calc(100dvh - 250px)"
                onOpen={setOpened}
              />
            )}
            <OlderButton query={query} isEmpty={rows.length === 0} />
            <JobsNotSetUp />
            {opened !== null && <TimelineSheet row={opened} onClose={() => setOpened(null)} />}
          </>
        );
      }}
    </QueryView>
  );
}
