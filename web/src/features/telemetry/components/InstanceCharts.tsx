import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { rangeLabels, spanOf } from '../../../lib/time-range.ts';
import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { LoadingState } from '../../../ui/states.tsx';
import { TelemetryCharts } from '../charts/components/TelemetryCharts.tsx';
import { compactKinds } from '../charts/measures.rules.ts';
import { useTelemetry } from '../queries.ts';
import { useTelemetrySearch } from '../search.ts';

export function InstanceCharts({ kind, id }: { kind: 'instance' | 'container'; id: string }) {
  const target = { kind, id };
  const zone = useZone();
  const [search] = useTelemetrySearch();
  const span = spanOf(search);
  const [query] = useTelemetry([target], span).results;
  if (query === undefined) return null;
  return (
    <section aria-label="Telemetry" className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center justify-between">
        <h2 className="text-sm">
          {span.live
            ? rangeLabels[span.range]
            : `${formatAbsolute(span.from, zone)} – ${formatAbsolute(span.to, zone)}`}
        </h2>
        <Link
          to="/telemetry"
          search={kind === 'instance' ? { instance: id } : { container: id }}
          className="underline"
        >
          All telemetry
        </Link>
      </div>
      <QueryView query={query} loading={<LoadingState rows={5} label="Loading telemetry" />}>
        {(answer) => (
          <TelemetryCharts
            answer={answer}
            target={target}
            group={`${kind} ${id}`}
            kinds={compactKinds}
            height={140}
          />
        )}
      </QueryView>
    </section>
  );
}
