import type { UpstreamStatus as Status } from '@cyclorama/shared/common.ts';

import { useUpstreams } from '../api/upstreams.ts';
import { Popover } from '../ui/popover.tsx';
import { StateGlyph, StateLabel } from '../ui/state-glyph.tsx';
import { visualOf } from '../ui/state-visual.ts';
import { ErrorState } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { summary, worstState } from './upstream-status.rules.ts';

/** How the APIs behind the dashboard are: one glyph for all, each with its age, reason and rate budget on opening. */
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
      {() => (
        <div className="w-80 max-w-full">
          {data === undefined && error !== null && <ErrorState compact error={error} />}
          <ul className="divide-y divide-line">
            {upstreams.map((upstream) => (
              <UpstreamRow key={upstream.name} upstream={upstream} />
            ))}
          </ul>
        </div>
      )}
    </Popover>
  );
}

function UpstreamRow({ upstream }: { upstream: Status }) {
  const { label, state, asOf, failingSince, reason, budget } = upstream;
  return (
    <li className="px-2 py-2">
      <div className="flex items-center justify-between gap-3">
        <span className="font-medium">{label}</span>
        <StateLabel state={state} />
      </div>
      {reason !== null && <p className="text-muted">{reason}</p>}
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        {asOf !== null && (
          <span>
            Read <Ago at={asOf} />
          </span>
        )}
        {failingSince !== null && (
          <span>
            Failing since <Ago at={failingSince} />
          </span>
        )}
        {budget !== null && (
          <span>
            {Math.max(0, budget.remaining).toLocaleString('en')} of {budget.limit.toLocaleString('en')} calls
            left, renewed <Ago at={budget.resetsAt} />
          </span>
        )}
      </p>
    </li>
  );
}
