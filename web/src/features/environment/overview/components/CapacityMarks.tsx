import type { Capacity } from '@cyclorama/shared/environment.ts';

import { formatAbsolute } from '../../../../lib/time.ts';
import type { Zone } from '../../../../lib/time.ts';
import { plural } from '../../../../lib/units.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import type { StateVisual } from '../../../../ui/state-visual.ts';

type Mark = Capacity['marks'][number];
type Lane = {
  key: 'deployments' | 'failures' | 'recoveries';
  one: string;
  many: string;
  glyph: Pick<StateVisual, 'shape' | 'tone'>;
};

const DAY_MS = 86_400_000;
const LANES: Lane[] = [
  {
    key: 'deployments',
    one: 'deployment',
    many: 'deployments',
    glyph: { shape: 'half', tone: 'warning' },
  },
  { key: 'failures', one: 'failure', many: 'failures', glyph: { shape: 'square', tone: 'danger' } },
  { key: 'recoveries', one: 'recovery', many: 'recoveries', glyph: { shape: 'filled', tone: 'success' } },
];

/** A lane for each kind; the table below them tells the same to screen readers. */
export function CapacityMarks({ data, zone }: { data: Capacity; zone: Zone }) {
  return (
    <div aria-hidden className="mt-1">
      {LANES.map(({ key, one, many, glyph }) => (
        <div key={key} className="flex h-5 items-center gap-2">
          <span className="w-20 shrink-0 text-right text-xs text-muted capitalize">{many}</span>
          <div className="relative h-full min-w-0 flex-1 border-b border-line">
            {data.marks
              .filter((mark) => mark[key] > 0)
              .map((mark) => (
                <span
                  key={mark.at}
                  className="absolute top-1/2 flex -translate-x-1/2 -translate-y-1/2"
                  style={{ left: `${middleOf(mark, data) * 100}%` }}
                  title={`${plural(mark[key], one, many)} from ${formatAbsolute(mark.at, zone)} on`}
                >
                  <StateGlyph {...glyph} />
                </span>
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}

function middleOf({ at }: Mark, { from, markStepMs }: Capacity): number {
  return (at + markStepMs / 2 - from) / DAY_MS;
}
