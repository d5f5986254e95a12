import { aggregate } from '@cyclorama/shared/telemetry.ts';
import type { TopContainersResponse } from '@cyclorama/shared/telemetry.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { spanOf } from '../../../lib/time-range.ts';
import type { TimeSpan } from '../../../lib/time-range.ts';
import { plural } from '../../../lib/units.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Select } from '../../../ui/select.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { chartKinds, kindOf } from '../charts/measures.rules.ts';
import type { ChartKind } from '../charts/measures.rules.ts';
import { togetherWords } from '../groups.rules.ts';
import { MOST_WINDOW_MS, topContainersQuery } from '../queries.ts';
import { highestOf, idsIn, toggledIn } from '../rules.ts';
import { useTelemetrySearch, useTelemetryView } from '../search.ts';
import { ContainerUse } from './ContainerUse.tsx';
import { RangeBar } from './RangeBar.tsx';
import { StorageDetails } from './StorageDetails.tsx';

const MEASURES = chartKinds.map(({ measure, title }) => ({ value: measure, label: title }));
const AGGREGATES = aggregate.options.map((value) => ({ value, label: togetherWords[value] }));

/** A chart for each container, the one that uses most first. */
export function ContainersByUse() {
  const [search, setSearch] = useTelemetryView();
  const [, setMeasure] = useTelemetrySearch();
  const kind = kindOf(search.measure);
  const by = search.by === undefined || search.by === 'top' ? kind.by : search.by;
  const span = spanOf(search);
  const query = useQuery(topContainersQuery(kind.measure, by, span));
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <RangeBar shown={edgesOfAnswer(query.data)} comparable={false} />
        <Select
          aria-label="Measure"
          className="h-7"
          value={kind.measure}
          options={MEASURES}
          onValueChange={(measure) => setMeasure({ measure, by: undefined })}
        />
        <Select
          aria-label="Ranked by"
          className="h-7"
          value={by}
          options={AGGREGATES}
          onValueChange={(next) => setMeasure({ by: next === kind.by ? undefined : next })}
        />
      </div>
      <Panel title={`Containers by ${kind.title}, highest first`} flush>
        <QueryView query={query} loading={<LoadingState rows={12} label="Loading telemetry" />}>
          {(answer) => (
            <Ranked
              answer={answer}
              kind={kind}
              span={span}
              open={idsIn(search.open)}
              onToggle={(id) => setSearch((before) => ({ open: toggledIn(before.open, id) }))}
            />
          )}
        </QueryView>
      </Panel>
      <StorageDetails />
    </>
  );
}

type RankedProps = {
  answer: TopContainersResponse;
  kind: ChartKind;
  span: TimeSpan;
  open: readonly string[];
  onToggle: (containerId: string) => void;
};

function Ranked({ answer, kind, span, open, onToggle }: RankedProps) {
  const { rows, times, total } = answer;
  if (rows.length === 0)
    return (
      <p className="p-3 text-muted">
        {span.live ? 'No samples yet. The first come within a minute.' : 'No samples in this range.'}
      </p>
    );
  return (
    <>
      <ul aria-label={`Containers by ${kind.title}`}>
        {rows.map((row) => (
          <ContainerUse
            key={row.containerId}
            row={row}
            times={times}
            max={highestOf(rows)}
            kind={kind}
            span={span}
            isOpen={open.includes(row.containerId)}
            onToggle={() => onToggle(row.containerId)}
          />
        ))}
      </ul>
      <p className="border-t border-line px-3 py-2 text-xs text-muted">
        {total > rows.length && `The first ${rows.length} of ${total}. `}
        All charts have one scale. The number is {span.live ? 'the newest value' : 'the mean of the range'}.
        {isCut(span) && ' Of a longer range, its last 7 days are ranked.'} <Unmeasured measured={total} />
      </p>
    </>
  );
}

function Unmeasured({ measured }: { measured: number }) {
  const { data } = useTopology();
  if (data === undefined) return null;
  const index = indexTopology(data);
  const all = index.byKind('container').filter(({ id }) => index.instancesOfContainer(id).length > 0).length;
  if (all <= measured) return null;
  return <>{plural(all - measured, 'container')} without a measured instance.</>;
}

const isCut = (span: TimeSpan): boolean => !span.live && span.to - span.from > MOST_WINDOW_MS;

function edgesOfAnswer(answer: TopContainersResponse | undefined) {
  const [from, second] = answer?.times ?? [];
  const last = answer?.times.at(-1);
  if (from === undefined || last === undefined) return undefined;
  return { from, to: last + ((second ?? from) - from) };
}
