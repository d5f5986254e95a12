import { activityOutcome, activityWay } from '@cyclorama/shared/activity.ts';

import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { TimeFilter } from '../../../ui/time-range/time-filter.tsx';
import { wayLabels } from '../rules.ts';
import type { ActivitySearch } from '../search.ts';
import { FilterText } from './FilterText.tsx';

const WAYS = [
  { value: 'all', label: 'All ways in' },
  ...activityWay.options.map((value) => ({ value, label: wayLabels[value] })),
];

const ACTIONS = [
  { value: 'all', label: 'All actions' },
  { value: 'session', label: 'Sessions' },
  { value: 'instance', label: 'Instances' },
  { value: 'container', label: 'Containers' },
  { value: 'claim', label: 'Claims' },
  { value: 'booking', label: 'Bookings' },
  { value: 'token', label: 'Access tokens' },
  { value: 'passkey', label: 'Passkeys' },
  { value: 'person', label: 'People' },
  { value: 'robot-account', label: 'Robot account' },
  { value: 'access', label: 'Refused access' },
  { value: 'proxy', label: 'API proxy' },
  { value: 'upstream', label: 'Upstreams' },
] as const;

const OUTCOMES = [
  { value: 'all', label: 'All outcomes' },
  { value: 'done', label: 'Done' },
  { value: 'started', label: 'Started' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
  { value: 'detected', label: 'Detected' },
] as const;

const nothing: Record<Exclude<keyof ActivitySearch, 'view'>, undefined> = {
  kind: undefined,
  actor: undefined,
  action: undefined,
  subject: undefined,
  outcome: undefined,
  way: undefined,
  range: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
};

type ActivityFiltersProps = {
  search: ActivitySearch;
  onChange: (change: Partial<ActivitySearch>) => void;
};

export function ActivityFilters({ search, onChange }: ActivityFiltersProps) {
  const { actor, action, subject, outcome, way, q } = search;
  const options = ACTIONS.some(({ value }) => value === (action ?? 'all'))
    ? ACTIONS
    : [...ACTIONS, { value: action ?? '', label: action ?? '' }];
  const any = Object.keys(nothing).some((name) => search[name as keyof typeof nothing] !== undefined);
  return (
    <search aria-label="Filter activity" data-print="hide" className="flex flex-wrap items-center gap-2">
      <FilterText label="Person" name="actor" value={actor} onChange={onChange} />
      <Select
        aria-label="Action"
        value={action ?? 'all'}
        options={options}
        onValueChange={(value) => onChange({ action: value === 'all' ? undefined : value })}
      />
      <FilterText label="Resource id" name="subject" value={subject} onChange={onChange} />
      <Select
        aria-label="Outcome"
        value={activityOutcome.safeParse(outcome).data ?? 'all'}
        options={OUTCOMES}
        onValueChange={(value) =>
          onChange({ outcome: activityOutcome.options.find((known) => known === value) })
        }
      />
      <Select
        aria-label="Way in"
        value={way ?? 'all'}
        options={WAYS}
        onValueChange={(value) => onChange({ way: activityWay.options.find((known) => known === value) })}
      />
      <TimeFilter search={search} onChange={onChange} />
      <FilterText label="Text" name="q" value={q} onChange={onChange} />
      {any && (
        <Button size="sm" variant="ghost" onClick={() => onChange({ ...nothing, view: 'record' })}>
          Clear
        </Button>
      )}
    </search>
  );
}
