import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { Page } from '../../ui/page.tsx';
import { ContainersByUse } from './components/ContainersByUse.tsx';
import { TargetCharts } from './components/TargetCharts.tsx';
import { TargetPicker } from './components/TargetPicker.tsx';
import { useNameOf } from './queries.ts';
import { toggledIn } from './rules.ts';
import { useTelemetrySearch } from './search.ts';
import { targetOf } from './targets.rules.ts';

export function TelemetryPage() {
  const [search, setSearch] = useTelemetrySearch();
  const nameOf = useNameOf();
  const target = targetOf(search);
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
          <TargetPicker
            label={target === null ? 'Choose an instance or container…' : 'Choose another…'}
            onPick={({ kind, id }) =>
              setSearch({
                instance: kind === 'instance' ? id : undefined,
                container: kind === 'container' ? id : undefined,
                compare: undefined,
                toggled: undefined,
              })
            }
          />
        </>
      }
    >
      {target === null ? <ContainersByUse /> : <TargetCharts key={target.id} target={target} />}
    </Page>
  );
}
