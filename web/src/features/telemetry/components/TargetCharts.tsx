import { X } from 'lucide-react';
import { useCallback, useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { spanOf } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../../ui/states.tsx';
import { TelemetryCharts } from '../charts/components/TelemetryCharts.tsx';
import { earlierOf } from '../earlier.rules.ts';
import { useEarlier, useNameOf, useTelemetry } from '../queries.ts';
import type { Target } from '../queries.ts';
import { comparedIds, toggledIn } from '../rules.ts';
import { useTelemetrySearch } from '../search.ts';
import { RangeBar } from './RangeBar.tsx';
import { SampleAge } from './SampleAge.tsx';

export function TargetCharts({ target }: { target: Target }) {
  const [search, setSearch] = useTelemetrySearch();
  const nameOf = useNameOf();
  const compared = target.kind === 'instance' ? comparedIds(search.compare, target.id) : [];
  const targets = [target, ...compared.map((id): Target => ({ kind: 'instance', id }))];
  const span = spanOf(search);
  const { results, merged } = useTelemetry(targets, span);
  const before = useEarlier(target, span, search.earlier);
  const zoom = useCallback(
    (from: number, to: number) => setSearch({ from, to, range: undefined }),
    [setSearch],
  );
  const [own, ...others] = results;
  const [kind, data, shown] = [search.earlier, before.data, own?.data];
  const earlier = useMemo(
    () => (kind === undefined || shown === undefined ? null : earlierOf(kind, data, shown)),
    [kind, data, shown],
  );
  if (own === undefined) return null;
  const failed = others.find((other) => other.isError && other.data === undefined);

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RangeBar shown={own.data} />
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
              answer={merged ?? answer}
              earlier={earlier}
              target={target}
              group={target.id}
              onZoom={zoom}
            />
          )
        }
      </QueryView>
    </>
  );
}
