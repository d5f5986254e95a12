import { Suspense } from 'react';

import { useConnection } from '../api/connection.ts';
import { useUpstreams } from '../api/upstreams.ts';
import { useClockAhead, useServerNow } from '../lib/server-clock.ts';
import { formatDuration } from '../lib/units.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Popover } from '../ui/popover.tsx';
import { StateGlyph } from '../ui/state-glyph.tsx';
import { visualOf } from '../ui/state-visual.ts';
import { ErrorState } from '../ui/states.tsx';
import { summary } from './upstream-status.rules.ts';

const UpstreamList = lazyPart(() => import('./UpstreamList.tsx'), 'UpstreamList');

/** The page's connection and all upstreams in one word; details on opening. */
export function UpstreamStatus() {
  const { data, error } = useUpstreams();
  const connection = useConnection();
  const ahead = useClockAhead();
  const now = useServerNow();
  // `since` is on the browser's clock, ages are on the server's.
  const onServerClock = { ...connection, since: connection.since + ahead };
  const { state, text, since } = summary(onServerClock, data?.upstreams);
  const { shape, tone } = visualOf(state);
  const age = since === null ? '' : ` ${formatDuration(coarse(Math.max(0, now - since)))}`;
  return (
    <Popover
      label={text + age}
      trigger={
        <>
          <StateGlyph shape={shape} tone={tone} />
          <span className="max-w-56 truncate text-xs whitespace-nowrap max-sm:max-w-32">
            {text}
            <span className="text-muted">{age}</span>
          </span>
        </>
      }
    >
      {(close) => (
        <div className="min-h-40 w-80 max-w-full">
          {data === undefined && error !== null && <ErrorState compact error={error} />}
          <Suspense>
            <UpstreamList connection={onServerClock} upstreams={data?.upstreams ?? []} onLeave={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}

/** Whole seconds up to a minute, then whole minutes. */
function coarse(milliseconds: number): number {
  const unit = milliseconds < 60_000 ? 1000 : 60_000;
  return Math.floor(milliseconds / unit) * unit;
}
