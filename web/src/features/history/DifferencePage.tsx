import type { Difference, DifferenceItem } from '@cyclorama/shared/history.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { fieldWords } from '../../lib/field-words.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { countBy, matchesText, toggled } from '../../lib/text-filter.ts';
import { formatAbsolute, useZone } from '../../lib/time.ts';
import { NO_VALUE } from '../../lib/units.ts';
import { ResourceLink } from '../../router/resource-link.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.types.ts';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Page } from '../../ui/page.tsx';
import { StateChips } from '../../ui/state-chips.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { CustomRange } from '../../ui/time-range/custom-range.tsx';
import { differenceQuery, recordedQuery } from './queries.ts';
import { lastHour, minuteOf, windows } from './rules.ts';
import { useDifferenceSearch } from './search.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const WORDS: Record<DifferenceItem['change'], string> = {
  came: 'Came',
  went: 'Went',
  moved: 'Moved',
  changed: 'Changed',
};

const columns: Column<DifferenceItem>[] = [
  { key: 'change', header: 'Change', width: 110, priority: 1, value: wordOf, cell: wordOf },
  {
    key: 'name',
    header: 'Name',
    primary: true,
    value: ({ name }) => name,
    cell: ({ kind, id, name, change }) =>
      change === 'went' ? (
        name
      ) : (
        <ResourceLink kind={kind} id={id}>
          {name}
        </ResourceLink>
      ),
  },
  {
    key: 'kind',
    header: 'Kind',
    width: 150,
    priority: 3,
    value: kindOf,
    cell: kindOf,
  },
  {
    key: 'fields',
    header: 'What differs',
    priority: 2,
    wide: true,
    cell: ({ fields }) => (fields.length === 0 ? NO_VALUE : <Fields fields={fields} />),
  },
];

export function DifferencePage() {
  const [{ before, after }] = useDifferenceSearch();
  const recorded = useQuery(recordedQuery);
  const [now] = useState(() => serverNow());
  if (after !== undefined) return <Between before={before ?? after - windows.hour} after={after} />;
  const range = recorded.data === undefined ? undefined : lastHour(recorded.data.spans, now);
  if (range) return <Between before={before ?? range.before} after={range.after} />;
  return (
    <Page title="What changed">
      <QueryView query={recorded} loading={<LoadingState rows={10} />}>
        {() => (
          <EmptyState
            title="Nothing is on record yet."
            hint="The environment is recorded each minute from now on. Come back in two minutes."
          />
        )}
      </QueryView>
    </Page>
  );
}

function Between({ before, after }: { before: number; after: number }) {
  const [, setSearch] = useDifferenceSearch();
  const query = useQuery(differenceQuery(before, after));
  const zone = useZone();
  return (
    <Page
      title="What changed"
      subtitle={`Between ${formatAbsolute(before, zone)} and ${formatAbsolute(after, zone)}`}
      actions={
        <CustomRange
          edges={{ from: before, to: after }}
          onChange={({ from, to }) => setSearch({ before: minuteOf(from), after: minuteOf(to) })}
        />
      }
    >
      <QueryView query={query} loading={<LoadingState rows={10} />}>
        {(difference) => <Items difference={difference} />}
      </QueryView>
    </Page>
  );
}

function Items({ difference: { items } }: { difference: Difference }) {
  const [{ q, change }, setSearch] = useDifferenceSearch();
  const shown = useMemo(
    () =>
      items.filter(
        (item) =>
          (change === undefined || change.includes(wordOf(item))) &&
          matchesText(q, [item.name, item.id, kindOf(item), ...item.fields.map(({ field }) => field)]),
      ),
    [items, q, change],
  );
  if (items.length === 0)
    return (
      <EmptyState
        title="Nothing differs."
        hint="What changed and changed back between the two is in Activity."
      />
    );
  return (
    <>
      <FilterBar
        value={q ?? ''}
        onChange={(text) => setSearch({ q: text || undefined })}
        shown={shown.length}
        total={items.length}
        noun="differences"
      />
      <StateChips
        label="Change"
        plain
        counts={countBy(items, wordOf)}
        chosen={change}
        onToggle={(word) => setSearch((was) => ({ change: toggled(was.change, word) }))}
      />
      {shown.length === 0 ? (
        <EmptyState title="No differences match." hint="Change or clear the filter." />
      ) : (
        <DataTable
          caption="What changed"
          columns={columns}
          rows={shown}
          rowKey={keyOf}
          height="calc(100dvh - 262px)"
        />
      )}
    </>
  );
}

function Fields({ fields }: Pick<DifferenceItem, 'fields'>) {
  const zone = useZone();
  const told = (value: string | null) =>
    value === null ? 'none' : ISO_TIME.test(value) ? formatAbsolute(value, zone) : value;
  return (
    <>
      {fields.map(({ field, before, after }, index) => (
        <span key={field}>
          {index > 0 && ', '}
          <span className="text-muted">{fieldWords(field)}</span> {told(before)} → {told(after)}
        </span>
      ))}
    </>
  );
}

function wordOf({ change }: DifferenceItem): string {
  return WORDS[change];
}
function kindOf({ kind }: DifferenceItem): string {
  return kind.replace('-', ' ');
}
const keyOf = ({ id, change }: DifferenceItem): string => `${change} ${id}`;
