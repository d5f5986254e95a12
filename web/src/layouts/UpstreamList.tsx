import type { UpstreamStatus } from '@cyclorama/shared/common.ts';

import { StateLabel } from '../ui/state-glyph.tsx';
import { Ago, FromNow } from '../ui/time.tsx';

/** Each upstream with its age, what is wrong with it, and what is left of its rate budget. */
export function UpstreamList({ upstreams }: { upstreams: readonly UpstreamStatus[] }) {
  return (
    <ul className="divide-y divide-line">
      {upstreams.map((upstream) => (
        <UpstreamRow key={upstream.name} upstream={upstream} />
      ))}
    </ul>
  );
}

function UpstreamRow({ upstream }: { upstream: UpstreamStatus }) {
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
        {budget !== null && budget.remaining > 0 && (
          <span>
            {budget.remaining.toLocaleString('en')} of {budget.limit.toLocaleString('en')} calls left, renewed{' '}
            <FromNow at={budget.resetsAt} />
          </span>
        )}
      </p>
      {budget !== null && budget.remaining <= 0 && (
        <p className="text-xs text-warning-text">
          No calls left of {budget.limit.toLocaleString('en')}, renewed <FromNow at={budget.resetsAt} />.
          Reads stop until then; terminations still go.
        </p>
      )}
    </li>
  );
}
