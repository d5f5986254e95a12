import { aggregate } from '@cyclorama/shared/telemetry.ts';
import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { X } from 'lucide-react';
import { useCallback, useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { spanOf } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../../ui/states.tsx';
import { TelemetryCharts } from '../charts/components/TelemetryCharts.tsx';
import { kindsIn } from '../charts/several.rules.ts';
import { earlierOf } from '../earlier.rules.ts';
import { groupOf, isGroup, namedGroup, togetherWords } from '../groups.rules.ts';
import { useEarlier, useNameOf, useTelemetry } from '../queries.ts';
import type { Target } from '../queries.ts';
import { comparedIds, toggledIn } from '../rules.ts';
import { useTelemetrySearch } from '../search.ts';
import { GroupSelect } from './GroupSelect.tsx';
import { MeasuresMenu } from './MeasuresMenu.tsx';
import { RangeBar } from './RangeBar.tsx';
import { SampleAge } from './SampleAge.tsx';

const TOGETHER = [
  { value: 'each' as const, label: 'Each instance' },
  ...aggregate.options.map((value) => ({ value, label: togetherWords[value] })),
];

export function TargetCharts({ target }: { target: Target }) {
  const [search, setSearch] = useTelemetrySearch();
  const nameOf = useNameOf();
  const compared = target.kind === 'instance' ? comparedIds(search.compare, target.id) : [];
  const asked = groupOf(target, search);
  const targets = [asked, ...compared.map((id): Target => ({ kind: 'instance', id }))];
  const span = spanOf(search);
  const { results, merged } = useTelemetry(targets, span);
  const before = useEarlier(asked, span, search.earlier);
  const zoom = useCallback(
    (from: number, to: number) => setSearch({ from, to, range: undefined }),
    [setSearch],
  );
  const [own, ...others] = results;
  const name = nameOf(target.id);
  const drawn = useMemo(() => {
    const joined = (answer: TelemetryResponse | undefined | null) => {
      if (answer == null) return undefined;
      return target.kind === 'server' ? namedGroup(answer, target, name) : answer;
    };
    return { shown: joined(merged), before: joined(before.data) };
  }, [merged, before.data, target, name]);
  const kind = search.earlier;
  const earlier = useMemo(
    () =>
      kind === undefined || drawn.shown === undefined ? null : earlierOf(kind, drawn.before, drawn.shown),
    [kind, drawn],
  );
  const several = useMemo(() => kindsIn(search.measures), [search.measures]);
  if (own === undefined) return null;
  const failed = others.find((other) => other.isError && other.data === undefined);

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <RangeBar shown={own.data} />
          {isGroup(target.kind) && <GroupSelect />}
          {target.kind === 'container' && (
            <Select
              aria-label="Instances"
              className="h-7"
              value={asked.by ?? 'each'}
              options={TOGETHER}
              onValueChange={(next) => setSearch({ by: next === 'each' ? undefined : next })}
            />
          )}
          <MeasuresMenu />
        </div>
        {own.data !== undefined && <SampleAge answer={own.data} isLive={span.live} />}
      </div>
      {compared.length > 0 && (
        <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
          <legend className="float-left text-muted">Compared with</legend>
          {compared.map((id) => (
            <Button
              key={id}
              size="sm"
              aria-label={`Stop comparing with ${nameOf(id)}`}
              onClick={() => setSearch((before) => ({ compare: toggledIn(before.compare, id) }))}
            >
              {nameOf(id)}
              <X aria-hidden size={12} />
            </Button>
          ))}
        </fieldset>
      )}
      {before.isError && before.data === undefined && (
        <ErrorState compact error={before.error} retry={() => void before.refetch()} />
      )}
      {failed !== undefined && (
        <ErrorState compact error={failed.error} retry={() => void failed.refetch()} />
      )}
      <QueryView query={own} loading={<LoadingState rows={12} label="Loading telemetry" />}>
        {(answer) =>
          answer.series.length === 0 && answer.notMeasured.length === 0 ? (
            <EmptyState title="No samples" hint="Try a longer or another range." />
          ) : (
            <TelemetryCharts
              answer={drawn.shown ?? answer}
              earlier={earlier}
              target={target}
              several={several}
              group={target.id}
              onZoom={zoom}
            />
          )
        }
      </QueryView>
    </>
  );
}
