import { useState } from 'react';

import { rangeNames } from '../../lib/range-names.ts';
import type { RangeName } from '../../lib/range-names.ts';
import { chosenSpan, edgesOf, rangeLabels, spanOf } from '../../lib/time-range.ts';
import type { ChosenRange } from '../../lib/time-range.ts';
import { Select } from '../select.tsx';
import { CustomRange } from './custom-range.tsx';

const RANGES = rangeNames.map((value) => ({ value, label: rangeLabels[value] }));
const ALL = { value: 'all', label: 'All times' };
const FIXED = { value: 'fixed', label: 'From – to' };

type TimeFilterProps = {
  search: ChosenRange;
  onChange: (change: ChosenRange) => void;
  /** What is shown where nothing was chosen; without it that is all times. */
  fallback?: RangeName;
};

/** The time range of the app, in one line of filters. */
export function TimeFilter({ search, onChange, fallback }: TimeFilterProps) {
  const [shownAt] = useState(() => Date.now());
  const span = chosenSpan(search);
  const isFixed = span?.live === false;
  const options = [...(fallback === undefined ? [ALL] : []), ...RANGES, ...(isFixed ? [FIXED] : [])];
  return (
    <>
      <Select
        aria-label="Time"
        className="h-7"
        value={isFixed ? FIXED.value : (span?.range ?? fallback ?? ALL.value)}
        options={options}
        onValueChange={(value) =>
          value !== FIXED.value &&
          onChange({ range: rangeNames.find((name) => name === value), from: undefined, to: undefined })
        }
      />
      <CustomRange edges={edgesOf(spanOf({ range: fallback, ...search }), shownAt)} onChange={onChange} />
    </>
  );
}
