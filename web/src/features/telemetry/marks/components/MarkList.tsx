import { plural } from '../../../../lib/units.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import type { ChartMark } from '../rules.ts';
import { MarkLink } from './MarkLink.tsx';

/** What the charts mark, in words and newest first. */
export function MarkList({ marks }: { marks: readonly ChartMark[] }) {
  if (marks.length === 0) return null;
  return (
    <details>
      <summary className="min-h-6 text-xs text-muted">{plural(marks.length, 'event')} in this range</summary>
      <ol aria-label="Events in this range" className="max-h-48 overflow-auto">
        {marks.toReversed().map((mark) => (
          <li key={mark.id} className="flex min-h-7 items-center gap-2 text-xs">
            <StateGlyph shape={mark.shape} tone={mark.tone} />
            <MarkLink mark={mark} className="min-w-0 truncate text-accent-text hover:underline">
              {mark.text}, {mark.of.name}
            </MarkLink>
            <span className="ml-auto text-muted">
              <Ago at={mark.at} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
