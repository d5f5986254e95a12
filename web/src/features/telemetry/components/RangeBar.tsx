import { ChevronLeft, ChevronRight } from 'lucide-react';

import { serverNow } from '../../../lib/server-clock.ts';
import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { CustomRange } from '../../../ui/custom-range.tsx';
import { edgesOf, panned, spanOf } from '../rules.ts';
import { rangeNames, useTelemetrySearch } from '../search.ts';

const labels = { '1h': 'Last hour', '6h': '6 hours', '24h': '24 hours', '7d': '7 days' };

/** A live range by name, or a fixed one by dragging, typing or stepping. */
export function RangeBar({ shown }: { shown: { from: number; to: number } | undefined }) {
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
          {labels[name]}
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
