import { useEffect, useState } from 'react';

import { Input } from '../../../ui/input.tsx';
import type { ActivitySearch } from '../search.ts';

const SETTLE_MS = 300;

type FilterTextProps = {
  label: string;
  name: 'actor' | 'subject' | 'q';
  value: string | undefined;
  /** Of a stable identity: a new function restarts the debounce. */
  onChange: (change: Partial<ActivitySearch>) => void;
};

/** Debounced: every change is a request. */
export function FilterText({ label, name, value, onChange }: FilterTextProps) {
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
    const timer = setTimeout(() => onChange({ [name]: next }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, name, value, onChange]);
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
