import type { Series } from '@cyclorama/shared/telemetry.ts';

import { cx } from '../../../../lib/class-names.ts';
import { plural } from '../../../../lib/units.ts';
import { MOST_SERIES } from '../../rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import { SeriesSwatch } from './SeriesSwatch.tsx';

type LegendProps = {
  series: Series[];
  shown: Series[];
  styles: Map<string, SeriesStyle>;
  onToggle: (id: string) => void;
};

export function Legend({ series, shown, styles, onToggle }: LegendProps) {
  const drawn = new Set(shown.map(({ id }) => id));
  const isFull = drawn.size >= MOST_SERIES;
  return (
    <section aria-label="Instances shown" className="flex flex-col gap-1">
      <div className="flex max-h-24 flex-wrap gap-1 overflow-auto">
        {series.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            aria-pressed={drawn.has(id)}
            aria-disabled={(isFull && !drawn.has(id)) || undefined}
            onClick={() => (drawn.has(id) || !isFull) && onToggle(id)}
            className={cx(
              'inline-flex h-6 max-w-56 items-center gap-1.5 rounded border px-1.5 text-xs',
              drawn.has(id) ? 'border-line-strong bg-panel' : 'border-line bg-sunken text-muted line-through',
            )}
          >
            <SeriesSwatch style={drawn.has(id) ? styles.get(id) : undefined} />
            <span className="truncate">{name}</span>
          </button>
        ))}
      </div>
      {series.length > MOST_SERIES && (
        <p className="text-xs text-muted">
          {drawn.size} of {plural(series.length, 'instance')} shown, {MOST_SERIES} at most. Hide one to show
          another.
        </p>
      )}
    </section>
  );
}
