import { timelineKind, timelineOutcome } from '@cyclorama/shared/timeline-filters.ts';
import type { TimelineKind, TimelineOutcome } from '@cyclorama/shared/timeline-filters.ts';

import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TimeFilter } from '../../../ui/time-range/time-filter.tsx';
import type { ActivitySearch } from '../search.ts';
import { FilterText } from './FilterText.tsx';

const KIND_LABELS: Record<TimelineKind, string> = {
  action: 'Actions',
  state: 'State and health',
  change: 'Deployments, scaling and settings',
  job: 'Cycle jobs',
};
const OUTCOME_LABELS: Record<TimelineOutcome, string> = {
  failed: 'Failed',
  recovered: 'Recovered',
  started: 'Going on',
  done: 'Done',
  refused: 'Refused',
  changed: 'Neither',
};
const KINDS = [
  { value: 'all', label: 'All kinds' },
  ...timelineKind.options.map((value) => ({ value, label: KIND_LABELS[value] })),
];
const OUTCOMES = [
  { value: 'all', label: 'All outcomes' },
  ...timelineOutcome.options.map((value) => ({ value, label: OUTCOME_LABELS[value] })),
];

type TimelineFiltersProps = {
  search: ActivitySearch;
  onChange: (change: Partial<ActivitySearch>) => void;
};

export function TimelineFilters({ search, onChange }: TimelineFiltersProps) {
  const { kind, actor, subject, outcome, range, from, to } = search;
  const any = [kind, actor, subject, outcome, range, from, to].some((value) => value !== undefined);
  return (
    <search aria-label="Filter activity" data-print="hide" className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Kind"
        value={kind ?? 'all'}
        options={KINDS}
        onValueChange={(value) => onChange({ kind: timelineKind.options.find((known) => known === value) })}
      />
      <FilterText label="Person" name="actor" value={actor} onChange={onChange} />
      <FilterText label="Resource name or id" name="subject" value={subject} onChange={onChange} />
      <Select
        aria-label="Outcome"
        value={timelineOutcome.safeParse(outcome).data ?? 'all'}
        options={OUTCOMES}
        onValueChange={(value) =>
          onChange({ outcome: timelineOutcome.options.find((known) => known === value) })
        }
      />
      <TimeFilter search={search} onChange={onChange} />
      {any && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() =>
            onChange({
              kind: undefined,
              actor: undefined,
              subject: undefined,
              outcome: undefined,
              range: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          Clear
        </Button>
      )}
    </search>
  );
}
