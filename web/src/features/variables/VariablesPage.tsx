import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import type { ScopedVariables } from '@cyclorama/shared/variables.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { useCan } from '../../api/session.ts';
import { matchesText } from '../../lib/text-filter.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Page } from '../../ui/page.tsx';
import { RawDetails } from '../../ui/raw-details.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { Elapsed } from '../../ui/time.tsx';
import { RevealDialog } from './components/RevealDialog.tsx';
import { variableColumns } from './components/variable-columns.tsx';
import { variablesQuery } from './queries.ts';
import { useVariablesSearch } from './search.ts';

export function VariablesPage() {
  const query = useQuery(variablesQuery);
  return (
    <Page
      title="Variables"
      subtitle="Scoped variables that Cycle serves to this dashboard. Each reveal is on record."
    >
      <QueryView
        query={query}
        loading={<LoadingState rows={6} label="Loading variables" />}
        empty={noVariables}
      >
        {(data) => <Variables data={data} />}
      </QueryView>
    </Page>
  );
}

function Variables({ data }: { data: ScopedVariables }) {
  const { variables, startedAt, durationsUnknown } = data;
  const [{ q, show }, set] = useVariablesSearch();
  const isAdmin = useCan('admin');
  const columns = useMemo(() => variableColumns(isAdmin, (name) => set({ show: name })), [isAdmin, set]);
  const asked = variables.find(({ name, isEmpty }) => isAdmin && !isEmpty && name === show);
  const shown = variables.filter(({ name }) => matchesText(q, [name]));
  return (
    <>
      <FilterBar
        value={q ?? ''}
        onChange={(text) => set({ q: text || undefined })}
        shown={shown.length}
        total={variables.length}
        noun="variables"
      />
      <DataTable caption="Variables" columns={columns} rows={shown} rowKey={({ name }) => name} />
      {asked !== undefined && (
        <RevealDialog key={asked.name} name={asked.name} onClose={() => set({ show: undefined })} />
      )}
      <p className="text-muted">
        Cycle serves a variable with a duration only for that long after its instance started
        {startedAt !== null && (
          <>
            ; this one has run <Elapsed since={startedAt} />
          </>
        )}
        .{durationsUnknown !== null && ` How long is not known: ${durationsUnknown}`}
      </p>
      <RawDetails
        source="Cycle’s internal API"
        readAt={data.freshness.asOf}
        path={environmentPaths.variables()}
        data={data}
      />
    </>
  );
}

function noVariables({ variables }: ScopedVariables) {
  if (variables.length > 0) return null;
  return (
    <EmptyState
      title="No scoped variables"
      hint="A variable appears when its scope covers Cyclorama’s container and it may be read through the internal API."
    />
  );
}
