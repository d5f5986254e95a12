import { useState } from 'react';

import type { Zone } from '../../../lib/time.ts';
import { useZone } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { fromInput, toInput } from '../date-input.ts';

type CustomRangeProps = {
  edges: { from: number; to: number };
  onChange: (edges: { from: number; to: number }) => void;
};

/** From and to typed in: what dragging does, for those who don't drag. */
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
  const [from, setFrom] = useState(toInput(edges.from, zone));
  const [to, setTo] = useState(toInput(edges.to, zone));
  const start = fromInput(from, zone);
  const end = fromInput(to, zone);
  const fault = faultOf(start, end);
  return (
    <form
      className="flex flex-col gap-2 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (start !== null && end !== null && fault === undefined) onChange({ from: start, to: end });
      }}
    >
      <Field label={`From (${zoneWord(zone)})`}>
        <Input
          type="datetime-local"
          step={1}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </Field>
      <Field label={`To (${zoneWord(zone)})`} error={fault}>
        <Input type="datetime-local" step={1} value={to} onChange={(event) => setTo(event.target.value)} />
      </Field>
      <Button type="submit" variant="primary" size="sm">
        Show
      </Button>
    </form>
  );
}

const zoneWord = (zone: Zone): string => (zone === 'utc' ? 'UTC' : 'local time');

function faultOf(from: number | null, to: number | null): string | undefined {
  if (from === null || to === null) return 'From and to: expected a date and a time in both';
  return from < to ? undefined : 'To: expected a time after “from”';
}
