import { Suspense } from 'react';

import { useUpstreams } from '../api/upstreams.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Popover } from '../ui/popover.tsx';
import { StateGlyph } from '../ui/state-glyph.tsx';
import { visualOf } from '../ui/state-visual.ts';
import { ErrorState } from '../ui/states.tsx';
import { summary, worstState } from './upstream-status.rules.ts';

const UpstreamList = lazyPart(() => import('./UpstreamList.tsx'), 'UpstreamList');

/** How the APIs behind the dashboard are: one glyph for all, each of them on opening. */
export function UpstreamStatus() {
  const { data, error } = useUpstreams();
  const upstreams = data?.upstreams ?? [];
  const { shape, tone } = visualOf(data === undefined ? 'connecting' : worstState(upstreams));
  const text = data === undefined ? 'Upstreams' : summary(upstreams);
  return (
    <Popover
      label={text}
      trigger={
        <>
          <StateGlyph shape={shape} tone={tone} />
          <span className="text-xs whitespace-nowrap max-[899px]:hidden">{text}</span>
        </>
      }
    >
      {(close) => (
        <div className="min-h-40 w-80 max-w-full">
          {data === undefined && error !== null && <ErrorState compact error={error} />}
          <Suspense>
            <UpstreamList upstreams={upstreams} onLeave={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}
