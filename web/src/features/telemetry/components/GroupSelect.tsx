import { groupBy } from '@cyclorama/shared/telemetry.ts';

import { Select } from '../../../ui/select.tsx';
import { chartKinds, kindOf } from '../charts/measures.rules.ts';
import { groupWords } from '../groups.rules.ts';
import { useTelemetrySearch } from '../search.ts';

const WAYS = groupBy.options.map((value) => ({ value, label: groupWords[value] }));
const MEASURES = chartKinds.map(({ measure, title }) => ({ value: measure, label: `by ${title}` }));

/** What is drawn of a group's instances: one line of all, or those that use most. */
export function GroupSelect() {
  const [search, setSearch] = useTelemetrySearch();
  const by = search.by ?? 'sum';
  return (
    <>
      <Select
        aria-label="Instances"
        className="h-7"
        value={by}
        options={WAYS}
        onValueChange={(next) =>
          setSearch({ by: next === 'sum' ? undefined : next, measure: undefined, toggled: undefined })
        }
      />
      {by === 'top' && (
        <Select
          aria-label="Busiest by"
          className="h-7"
          value={kindOf(search.measure).measure}
          options={MEASURES}
          onValueChange={(measure) => setSearch({ measure: measure === 'cpu' ? undefined : measure })}
        />
      )}
    </>
  );
}
