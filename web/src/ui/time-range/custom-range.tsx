import { useState } from 'react';

import { fromInput, toInput } from '../../lib/date-input.ts';
import type { Zone } from '../../lib/time.ts';
import { formatAbsolute, useZone } from '../../lib/time.ts';
import { Button } from '../button.tsx';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { Popover } from '../popover.tsx';
import { Select } from '../select.tsx';

type CustomRangeProps = {
  edges: { from: number; to: number };
  onChange: (edges: { from: number; to: number }) => void;
};

export function CustomRange({ edges, onChange }: CustomRangeProps) {
  return (
    <Popover
      label="From – to…"
      align="start"
      trigger="From – to…"
      triggerClass="border border-line-strong bg-panel h-7 text-xs"
    >
      {(close) => (
        <RangeForm
          edges={edges}
          onChange={(next) => {
            close();
            onChange(next);
          }}
        />
      )}
    </Popover>
  );
}

function RangeForm({ edges, onChange }: CustomRangeProps) {
  const zone = useZone();
  const [from, setFrom] = useState(() => entryOf(edges.from, zone));
  const [to, setTo] = useState(() => entryOf(edges.to, zone));
  const start = momentOf(from, zone);
  const end = momentOf(to, zone);
  const fault = faultOf(start, end);
  return (
    <form
      className="flex flex-col gap-2 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (start !== null && end !== null && fault === undefined) onChange({ from: start, to: end });
      }}
    >
      <TimeField label="From" zone={zone} entry={from} onChange={setFrom} />
      <TimeField label="To" zone={zone} entry={to} onChange={setTo} error={fault} />
      <Button type="submit" variant="primary" size="sm">
        Show
      </Button>
    </form>
  );
}

/** `second`: the later of the two times a repeated hour can mean (clocks put back). */
type Entry = { text: string; second: boolean };

function entryOf(ms: number, zone: Zone): Entry {
  const text = toInput(ms, zone);
  const [first] = fromInput(text, zone);
  // Both are whole seconds.
  return { text, second: first !== undefined && ms - first >= 1000 };
}

function momentOf({ text, second }: Entry, zone: Zone): number | null {
  const moments = fromInput(text, zone);
  return moments[second ? moments.length - 1 : 0] ?? null;
}

type TimeFieldProps = {
  label: string;
  zone: Zone;
  entry: Entry;
  onChange: (entry: Entry) => void;
  error?: string | undefined;
};

function TimeField({ label, zone, entry, onChange, error }: TimeFieldProps) {
  const moments = fromInput(entry.text, zone);
  return (
    <>
      <Field label={`${label} (${zoneWord(zone)})`} error={error}>
        <Input
          type="datetime-local"
          step={1}
          value={entry.text}
          onChange={(event) => onChange({ ...entry, text: event.target.value })}
        />
      </Field>
      {moments.length > 1 && (
        <Select
          aria-label={`${label}: first or second`}
          className="h-7"
          value={entry.second ? 'second' : 'first'}
          options={[
            { value: 'first', label: `first, ${formatAbsolute(moments[0], zone)}` },
            { value: 'second', label: `second, ${formatAbsolute(moments[1], zone)}` },
          ]}
          onValueChange={(which) => onChange({ ...entry, second: which === 'second' })}
        />
      )}
    </>
  );
}

const zoneWord = (zone: Zone): string => (zone === 'utc' ? 'UTC' : 'local time');

function faultOf(from: number | null, to: number | null): string | undefined {
  if (from === null || to === null) return 'From and to: expected a date and a time in both';
  return from < to ? undefined : 'To: expected a time after “from”';
}
