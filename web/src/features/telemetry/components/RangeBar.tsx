import { ChevronLeft, ChevronRight } from 'lucide-react';

import { rangeNames } from '../../../lib/range-names.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { edgesOf, panned, rangeLabels, spanOf } from '../../../lib/time-range.ts';
import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Select } from '../../../ui/select.tsx';
import { CustomRange } from '../../../ui/time-range/custom-range.tsx';
import { earlierKinds } from '../earlier.rules.ts';
import type { EarlierKind } from '../earlier.rules.ts';
import { useTelemetrySearch } from '../search.ts';

const kinds = Object.keys(earlierKinds) as EarlierKind[];
const EARLIER = [
  { value: 'none', label: 'Not compared with earlier' },
  ...kinds.map((value) => ({
    value,
    label: `Compared with ${earlierKinds[value].word}`,
  })),
];

type RangeBarProps = {
  shown: { from: number; to: number } | undefined;
  /** Whether what is shown can be laid over an earlier time. */
  comparable?: boolean;
};

/** A live range by name, or a fixed one by dragging, typing or stepping. */
export function RangeBar({ shown, comparable = true }: RangeBarProps) {
  const zone = useZone();
  const [search, setSearch] = useTelemetrySearch();
  const span = spanOf(search);
  // A live range's ends come from the last answer; before the first, from the clock when they are used.
  const edges = span.live ? shown : { from: span.from, to: span.to };
  const step = (by: -1 | 1) => {
    const now = serverNow();
    setSearch(panned(edges ?? edgesOf(span, now), by, now));
  };
  return (
    <fieldset data-print="hide" className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className="sr-only">Time range</legend>
      {rangeNames.map((name) => (
        <Chip
          key={name}
          pressed={span.live && span.range === name}
          onPressedChange={() => setSearch({ range: name, from: undefined, to: undefined })}
        >
          {rangeLabels[name]}
        </Chip>
      ))}
      <Button
        size="sm"
        aria-label="Earlier"
        icon={<ChevronLeft aria-hidden size={14} />}
        onClick={() => step(-1)}
      />
      <Button
        size="sm"
        aria-label="Later"
        icon={<ChevronRight aria-hidden size={14} />}
        disabledReason={span.live ? 'The range ends now' : undefined}
        onClick={() => step(1)}
      />
      {edges !== undefined && <CustomRange edges={edges} onChange={setSearch} />}
      {comparable && (
        <Select
          aria-label="Compare with earlier"
          className="h-7"
          value={search.earlier ?? 'none'}
          options={EARLIER}
          onValueChange={(value) => setSearch({ earlier: kinds.find((kind) => kind === value) })}
        />
      )}
      {!span.live && (
        <>
          <Button size="sm" onClick={() => setSearch({ from: undefined, to: undefined })}>
            Back to live
          </Button>
          <span className="text-muted">
            {formatAbsolute(span.from, zone)} – {formatAbsolute(span.to, zone)}
          </span>
        </>
      )}
    </fieldset>
  );
}
