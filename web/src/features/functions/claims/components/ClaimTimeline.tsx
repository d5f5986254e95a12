import type { ClaimDetail } from '@cyclorama/shared/claims.ts';

import { formatDuration } from '../../../../lib/units.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { visualOf } from '../../../../ui/state-visual.ts';
import { Absolute } from '../../../../ui/time.tsx';

export function ClaimTimeline({ transitions }: { transitions: ClaimDetail['transitions'] }) {
  return (
    <ol className="flex flex-col">
      {transitions.map((transition, index) => {
        const visual = visualOf(transition.to);
        const isLast = index === transitions.length - 1;
        const before = transitions[index - 1];
        const took = before === undefined ? null : Date.parse(transition.at) - Date.parse(before.at);
        return (
          <li key={`${transition.at} ${transition.to}`} className="grid grid-cols-[20px_1fr] gap-x-2">
            <span className="flex flex-col items-center pt-1">
              <StateGlyph shape={visual.shape} tone={isLast ? visual.tone : 'muted'} />
              {!isLast && <span aria-hidden className="my-1 w-px flex-1 bg-line-strong" />}
            </span>
            <div className="pb-3">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium">{visual.label}</span>
                <span className="text-muted">
                  <Absolute at={transition.at} />
                  {took !== null && took >= 0 && ` · after ${formatDuration(took)}`}
                </span>
              </p>
              <p>
                {transition.cause}
                {transition.actor !== null && <span className="text-muted"> · by {transition.actor}</span>}
              </p>
              {transition.answer !== null && (
                <p className="text-xs text-muted">
                  Answer: <code className="font-mono">{transition.answer}</code>
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
