import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import type { ChartMark } from '../rules.ts';
import { MarkLink } from './MarkLink.tsx';

/** In words and newest first, each with a link to the event. */
export function MarkRows({ marks, label }: { marks: readonly ChartMark[]; label: string }) {
  return (
    <ol aria-label={label}>
      {marks.toReversed().map((mark) => (
        <li key={mark.id} className="flex min-h-7 items-center gap-2 text-xs">
          <StateGlyph shape={mark.shape} tone={mark.tone} />
          <MarkLink mark={mark} className="min-w-0 truncate text-accent-text hover:underline">
            {mark.text}, {mark.of.name}
          </MarkLink>
          <span className="ml-auto shrink-0 text-muted">
            <Ago at={mark.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
