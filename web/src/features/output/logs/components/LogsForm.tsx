import { RefreshCw, Search, X } from 'lucide-react';
import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { TimeFilter } from '../../../../ui/time-range/time-filter.tsx';
import { useLogsSearch } from '../search.ts';

const WAYS = [
  { value: 'text' as const, label: 'Text' },
  { value: 'regexp' as const, label: 'Regular expression' },
];

type LogsFormProps = {
  /** Null: the time that is shown has ended. */
  follows: boolean | null;
  onFollow: (follows: boolean) => void;
  isReading: boolean;
  onRead: () => void;
};

/** Cycle searches, so a search begins when it is sent, not while it is typed. */
export function LogsForm({ follows, onFollow, isReading, onRead }: LogsFormProps) {
  const [search, setSearch] = useLogsSearch();
  const [typed, setTyped] = useState(search.find ?? '');
  const [way, setWay] = useState<'text' | 'regexp'>(search.by ?? 'text');
  const isAsked = typed === (search.find ?? '') && way === (search.by ?? 'text');
  const ask = (find: string) => {
    setSearch({ find: find || undefined, by: find !== '' && way === 'regexp' ? way : undefined });
    if (isAsked) onRead();
  };
  return (
    <search aria-label="Logs" className="flex flex-wrap items-center gap-2 print:hidden">
      <form
        className="flex min-w-0 flex-1 basis-80 items-center gap-2 max-lg:basis-full max-sm:flex-wrap"
        onSubmit={(event) => {
          event.preventDefault();
          ask(typed);
        }}
      >
        <div className="relative min-w-0 flex-1 max-sm:basis-full">
          <Input
            aria-label="Find in logs"
            placeholder={way === 'text' ? 'Find text' : 'Find, such as (?i)time.?out'}
            maxLength={200}
            value={typed}
            className="pr-8"
            onChange={(event) => setTyped(event.target.value)}
          />
          {typed !== '' && (
            <button
              type="button"
              aria-label="Clear the search"
              onClick={() => {
                setTyped('');
                ask('');
              }}
              className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover"
            >
              <X aria-hidden size={14} />
            </button>
          )}
        </div>
        <Select
          aria-label="Search by"
          className="w-44 max-sm:flex-1"
          value={way}
          options={WAYS}
          onValueChange={setWay}
        />
        <Button type="submit" icon={<Search aria-hidden size={14} />} pending={isReading && follows !== true}>
          Search
        </Button>
      </form>
      <TimeFilter search={search} onChange={setSearch} fallback="1h" />
      {follows !== null && <Checkbox label="Follow" checked={follows} onCheckedChange={onFollow} />}
      {follows === false && (
        <Button
          variant="ghost"
          size="sm"
          icon={<RefreshCw aria-hidden size={13} />}
          pending={isReading}
          onClick={onRead}
        >
          Read newer
        </Button>
      )}
    </search>
  );
}
