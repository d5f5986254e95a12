import { useState } from 'react';

import { rangeNames } from '../../../lib/range-names.ts';
import { chosenSpan, edgesOf, rangeLabels, spanOf } from '../../../lib/time-range.ts';
import { CustomRange } from '../../../ui/custom-range.tsx';
import { Select } from '../../../ui/select.tsx';
import type { ActivitySearch } from '../search.ts';

const RANGES = [
  { value: 'all', label: 'All times' },
  ...rangeNames.map((value) => ({ value, label: rangeLabels[value] })),
];
const FIXED = { value: 'fixed', label: 'From – to' };

type TimeFilterProps = {
  search: ActivitySearch;
  onChange: (change: Partial<ActivitySearch>) => void;
};

/** The time range of the app, which here may also be none. */
export function TimeFilter({ search, onChange }: TimeFilterProps) {
  const [shownAt] = useState(() => Date.now());
  const span = chosenSpan(search);
  const isFixed = span?.live === false;
  return (
    <>
      <Select
        aria-label="Time"
        value={isFixed ? FIXED.value : (span?.range ?? 'all')}
        options={isFixed ? [...RANGES, FIXED] : RANGES}
        onValueChange={(value) =>
          value !== FIXED.value &&
          onChange({ range: rangeNames.find((name) => name === value), from: undefined, to: undefined })
        }
      />
      <CustomRange edges={edgesOf(spanOf(search), shownAt)} onChange={onChange} />
    </>
  );
}
