import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { ContainersByUse } from './components/ContainersByUse.tsx';
import { TargetCharts } from './components/TargetCharts.tsx';
import { TargetPicker } from './components/TargetPicker.tsx';
import { useEnvironmentId, useNameOf } from './queries.ts';
import { toggledIn } from './rules.ts';
import { useTelemetrySearch } from './search.ts';
import { searchOfTarget, targetOf } from './targets.rules.ts';

export function TelemetryPage() {
  const [search, setSearch] = useTelemetrySearch();
  const nameOf = useNameOf();
  const target = targetOf(search, useEnvironmentId());
  return (
    <Page
      title={target === null ? 'Telemetry' : `Telemetry of ${isolated(nameOf(target.id))}`}
      actions={
        <>
          {target?.kind === 'instance' && (
            <TargetPicker
              instancesOnly
              label="Compare with…"
              onPick={({ id }) => setSearch((before) => ({ compare: toggledIn(before.compare, id) }))}
            />
          )}
          {target === null && (
            <Button onClick={() => setSearch({ environment: true, measure: undefined, by: undefined })}>
              Whole environment
            </Button>
          )}
          <TargetPicker
            label={target === null ? 'Choose what to see…' : 'Choose another…'}
            onPick={(picked) => setSearch(searchOfTarget(picked))}
          />
        </>
      }
    >
      {target === null ? <ContainersByUse /> : <TargetCharts key={target.id} target={target} />}
    </Page>
  );
}
