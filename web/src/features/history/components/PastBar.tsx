import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, History, Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

import { topologyAtQuery } from '../../../api/use-topology.ts';
import { useServerNow } from '../../../lib/server-clock.ts';
import { formatAbsolute, parseTime, useZone } from '../../../lib/time.ts';
import { useGoToMoment } from '../../../router/moment.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { marksQuery, recordedQuery } from '../queries.ts';
import {
  MINUTE_MS,
  minuteOf,
  minuteOfEvent,
  playStep,
  recordedMinute,
  windowFor,
  windows,
} from '../rules.ts';
import type { Window } from '../rules.ts';
import { MomentSlider } from './MomentSlider.tsx';
import { usePlay } from './use-play.ts';

const windowOptions = [
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
  { value: 'week', label: 'Last week' },
  { value: 'month', label: 'Last month' },
] as const;

/** Chooses the minute of the past that the page below shows. */
export function PastBar({ at, hasPast }: { at: number; hasPast: boolean }) {
  const goTo = useGoToMoment();
  const client = useQueryClient();
  const zone = useZone();
  const now = minuteOf(useServerNow());
  const [chosen, setChosen] = useState<Window | null>(null);
  const window = chosen ?? windowFor(at, now);
  const from = now - windows[window];
  const { data: recorded } = useQuery(recordedQuery);
  // By the hour, so that it is not another query each minute.
  const { data: events } = useQuery(marksQuery(minuteOf(from / 60) * 60));
  const spans = recorded?.spans ?? [];
  const marks = events?.events ?? [];
  const times = marks.flatMap(({ time }) => parseTime(time) ?? []);
  const step = (by: 1 | -1) => recordedMinute(spans, minuteOf(at) + by * MINUTE_MS, by);
  const next = recordedMinute(spans, minuteOf(at) + playStep(window), 1);
  const playing = usePlay(next, goTo);
  useEffect(() => {
    if (next !== null && playing.isPlaying) void client.prefetchQuery(topologyAtQuery(next));
  }, [client, next, playing.isPlaying]);
  return (
    <section
      aria-label="Past"
      data-print="hide"
      className="flex flex-col gap-1 border-b border-accent bg-accent-soft px-4 py-2 max-sm:px-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="inline-flex min-w-0 items-center gap-2 font-medium">
          <History aria-hidden size={15} className="shrink-0" />
          <output>
            {hasPast ? 'As it was on' : 'This page shows the present, not'} {formatAbsolute(at, zone)}
          </output>
        </span>
        {hasPast && (
          <fieldset aria-label="Step" className="inline-flex items-center">
            <StepButton label="Event before" to={minuteOfEvent(times, at, -1)} goTo={goTo}>
              <ChevronFirst aria-hidden size={16} />
            </StepButton>
            <StepButton label="Minute before" to={step(-1)} goTo={goTo}>
              <ChevronLeft aria-hidden size={16} />
            </StepButton>
            <Button
              variant="ghost"
              size="sm"
              aria-label={playing.isPlaying ? 'Pause' : 'Play'}
              disabledReason={next === null ? 'Nothing is recorded after this minute.' : undefined}
              onClick={playing.toggle}
            >
              {playing.isPlaying ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
            </Button>
            <StepButton label="Minute after" to={step(1)} goTo={goTo}>
              <ChevronRight aria-hidden size={16} />
            </StepButton>
            <StepButton label="Event after" to={minuteOfEvent(times, at, 1)} goTo={goTo}>
              <ChevronLast aria-hidden size={16} />
            </StepButton>
          </fieldset>
        )}
        <span className="ml-auto inline-flex flex-wrap items-center gap-2 max-sm:ml-0">
          {hasPast && (
            <Select
              aria-label="Span of the slider"
              className="h-7 text-xs"
              value={window}
              options={windowOptions}
              onValueChange={setChosen}
            />
          )}
          <Link to="/difference" search={{ before: minuteOf(at) }} className={buttonClass('ghost', 'sm')}>
            What changed since
          </Link>
          <Button size="sm" onClick={() => goTo(null)}>
            Back to now
          </Button>
        </span>
      </div>
      {hasPast && <MomentSlider at={at} from={from} to={now} spans={spans} marks={marks} goTo={goTo} />}
    </section>
  );
}

type StepButtonProps = { label: string; to: number | null; goTo: (at: number) => void; children: ReactNode };

function StepButton({ label, to, goTo, children }: StepButtonProps) {
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={label}
      disabledReason={to === null ? 'There is none in this span.' : undefined}
      onClick={() => to !== null && goTo(to)}
    >
      {children}
    </Button>
  );
}
