import { useState } from 'react';

import { parseTime } from '../../../lib/time.ts';
import { CustomRange } from '../../../ui/custom-range.tsx';
import type { ActivitySearch } from '../search.ts';

const DAY_MS = 86_400_000;
const isoOf = (ms: number): string => new Date(ms).toISOString();

type TimeFilterProps = {
  search: ActivitySearch;
  onChange: (change: Partial<ActivitySearch>) => void;
};

export function TimeFilter({ search, onChange }: TimeFilterProps) {
  const [shownAt] = useState(() => Date.now());
  const to = parseTime(search.to) ?? shownAt;
  const edges = { from: parseTime(search.from) ?? to - DAY_MS, to };
  return (
    <CustomRange
      edges={edges}
      onChange={(next) => onChange({ from: isoOf(next.from), to: isoOf(next.to) })}
    />
  );
}
