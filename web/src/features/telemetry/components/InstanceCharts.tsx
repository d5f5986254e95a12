import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { TelemetryCharts } from '../charts/components/TelemetryCharts.tsx';
import { compactKinds } from '../charts/measures.rules.ts';
import { useTelemetry } from '../queries.ts';
import { defaultRange } from '../rules.ts';
import type { TimeSpan } from '../rules.ts';

const lastHour: TimeSpan = { live: true, range: defaultRange };

export function InstanceCharts({ kind, id }: { kind: 'instance' | 'container'; id: string }) {
  const target = { kind, id };
  const [query] = useTelemetry([target], lastHour).results;
  if (query === undefined) return null;
  return (
    <section aria-label="Telemetry of the last hour" className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center justify-between">
        <h2 className="text-sm">Last hour</h2>
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
