import { X } from 'lucide-react';

import { QueryView } from '../../../api/query-view.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../../ui/states.tsx';
import { useTelemetry } from '../telemetry.queries.ts';
import type { Target } from '../telemetry.queries.ts';
import { comparedIds, mergeAnswers, spanOf, toggleCompared } from '../telemetry.rules.ts';
import { useTelemetryUrl } from '../telemetry.url.ts';
import { useNameOf } from '../use-target.ts';
import { RangeBar } from './RangeBar.tsx';
import { SampleAge } from './SampleAge.tsx';
import { TelemetryCharts } from './TelemetryCharts.tsx';

/** The charts of one target and of what it is compared with, over the range the address asks for. */
export function TargetCharts({ target }: { target: Target }) {
  const [search, setSearch] = useTelemetryUrl();
  const nameOf = useNameOf();
  const compared = target.kind === 'instance' ? comparedIds(search.compare, target.id) : [];
  const targets = [target, ...compared.map((id): Target => ({ kind: 'instance', id }))];
  const [own, ...others] = useTelemetry(targets, spanOf(search));
  if (own === undefined) return null;
  const failed = others.find((other) => other.isError && other.data === undefined);

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RangeBar shown={own.data} />
        {own.data !== undefined && <SampleAge answer={own.data} />}
      </div>
      {compared.length > 0 && (
        <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
          <legend className="float-left text-muted">Compared with</legend>
          {compared.map((id) => (
            <Button
              key={id}
              size="sm"
              aria-label={`Stop comparing with ${nameOf(id)}`}
              onClick={() => setSearch({ compare: toggleCompared(search.compare, id) })}
            >
              {nameOf(id)}
              <X aria-hidden size={12} />
            </Button>
          ))}
        </fieldset>
      )}
      {failed !== undefined && (
        <ErrorState compact error={failed.error} retry={() => void failed.refetch()} />
      )}
      <QueryView query={own} loading={<LoadingState rows={12} label="Loading telemetry" />}>
        {(answer) => {
          const merged = mergeAnswers([answer, ...others.flatMap(({ data }) => data ?? [])]) ?? answer;
          return merged.series.length === 0 && merged.notMeasured.length === 0 ? (
            <EmptyState
              title="No samples"
              hint="Nothing was measured in this time; try a longer or another one."
            />
          ) : (
            <TelemetryCharts
              answer={merged}
              group={target.id}
              onZoom={(from, to) => setSearch({ from, to, range: undefined })}
            />
          );
        }}
      </QueryView>
    </>
  );
}
