import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { EmptyState, LoadingState } from '../../../../ui/states.tsx';
import { durationsQuery } from '../../queries.ts';
import { phases, runsOf } from '../rules.ts';
import { DurationChart } from './DurationChart.tsx';

type DurationsPanelProps = {
  pools: FunctionPool[];
  containerId: string | undefined;
  onContainerChange: (containerId: string) => void;
};

export function DurationsPanel({ pools, containerId, onContainerChange }: DurationsPanelProps) {
  const chosen = pools.find((pool) => pool.containerId === containerId) ?? pools[0];
  if (chosen === undefined) return null;
  return (
    <section aria-labelledby="durations-heading" className="flex min-w-0 flex-col gap-3">
      <h2 id="durations-heading" className="sr-only">
        Durations
      </h2>
      <div className="max-w-64">
        <Field label="Function">
          <Select
            value={chosen.containerId}
            options={pools.map((pool) => ({ value: pool.containerId, label: pool.name }))}
            onValueChange={onContainerChange}
          />
        </Field>
      </div>
      <Durations containerId={chosen.containerId} name={chosen.name} />
    </section>
  );
}

function Durations({ containerId, name }: { containerId: string; name: string }) {
  const durations = useQuery(durationsQuery(containerId));
  return (
    <QueryView
      query={durations}
      loading={<LoadingState rows={3} label="Loading durations" />}
      empty={({ runs }) => (runs.length > 0 ? null : noRuns(name))}
    >
      {({ runs }) => (
        <div className="grid gap-3 lg:grid-cols-3">
          {phases.map(({ phase, title, meaning }) => (
            <DurationChart key={phase} title={title} meaning={meaning} runs={runsOf(runs, phase)} />
          ))}
        </div>
      )}
    </QueryView>
  );
}

function noRuns(name: string) {
  return <EmptyState title={`No ended runs of ${isolated(name)}`} hint="Durations appear when claims end." />;
}
