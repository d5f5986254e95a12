import { activityOutcome, activityWay } from '@cyclorama/shared/activity.ts';
import { useCallback, useEffect, useState } from 'react';

import { parseTime } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { CustomRange } from '../../../ui/custom-range.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { wayLabels } from '../rules.ts';
import type { ActivitySearch } from '../search.ts';

const SETTLE_MS = 300;
const DAY_MS = 86_400_000;

const isoOf = (ms: number): string => new Date(ms).toISOString();

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

const nothing: Record<keyof ActivitySearch, undefined> = {
  actor: undefined,
  action: undefined,
  subject: undefined,
  outcome: undefined,
  way: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
};

type FilterTextProps = {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** Debounced: every change is a request. */
function FilterText({ label, value, onChange }: FilterTextProps) {
  const [text, setText] = useState(value ?? '');
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    // The URL was changed elsewhere: by "Clear" or by going back.
    setSeen(value);
    setText(value ?? '');
  }
  useEffect(() => {
    const next = text.trim() === '' ? undefined : text.trim();
    if (next === value) return undefined;
    const timer = setTimeout(() => onChange(next), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      aria-label={label}
      placeholder={label}
      value={text}
      className="max-w-48"
      onChange={(event) => setText(event.target.value)}
    />
  );
}

type ActivityFiltersProps = {
  search: ActivitySearch;
  onChange: (change: Partial<ActivitySearch>) => void;
};

export function ActivityFilters({ search, onChange }: ActivityFiltersProps) {
  const { actor, action, subject, outcome, way, q } = search;
  const [shownAt] = useState(() => Date.now());
  const to = parseTime(search.to) ?? shownAt;
  const edges = { from: parseTime(search.from) ?? to - DAY_MS, to };
  const options = ACTIONS.some(({ value }) => value === (action ?? 'all'))
    ? ACTIONS
    : [...ACTIONS, { value: action ?? '', label: action ?? '' }];
  const any = Object.values(search).some((value) => value !== undefined);
  // Stable identity: a new function would restart the debounce.
  const changeActor = useCallback((value?: string) => onChange({ actor: value }), [onChange]);
  const changeSubject = useCallback((value?: string) => onChange({ subject: value }), [onChange]);
  const changeText = useCallback((value?: string) => onChange({ q: value }), [onChange]);
  return (
    <search aria-label="Filter activity" data-print="hide" className="flex flex-wrap items-center gap-2">
      <FilterText label="Person" value={actor} onChange={changeActor} />
      <Select
        aria-label="Action"
        value={action ?? 'all'}
        options={options}
        onValueChange={(value) => onChange({ action: value === 'all' ? undefined : value })}
      />
      <FilterText label="Resource id" value={subject} onChange={changeSubject} />
      <Select
        aria-label="Outcome"
        value={outcome ?? 'all'}
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
      <CustomRange
        edges={edges}
        onChange={(next) => onChange({ from: isoOf(next.from), to: isoOf(next.to) })}
      />
      <FilterText label="Text" value={q} onChange={changeText} />
      {any && (
        <Button size="sm" variant="ghost" onClick={() => onChange(nothing)}>
          Clear
        </Button>
      )}
    </search>
  );
}
