import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import type { Earlier } from '../../earlier.rules.ts';
import { bandOf } from '../band.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import { SeriesSwatch } from './SeriesSwatch.tsx';

type ChartTooltipProps = {
  kind: ChartKind;
  series: Series[];
  styles: Map<string, SeriesStyle>;
  answer: TelemetryResponse;
  earlier: Earlier | null;
  isShown: boolean;
  /** From recharts: the time under the crosshair. */
  label?: string | number;
  active?: boolean;
};

const MOST_ROWS = 8;

/** Highest first. Only the hovered chart shows it; the others show just the line. */
export function ChartTooltip(props: ChartTooltipProps) {
  const { kind, series, styles, answer, earlier, isShown, label, active } = props;
  const zone = useZone();
  const index = answer.times.indexOf(Number(label));
  if (!isShown || active !== true || index === -1) return null;
  const earlierAt = (id: string) =>
    earlier?.series.find((one) => one.id === id)?.values[kind.measure]?.[index] ?? null;
  const band = bandOf(series, kind.measure);
  const [low, high] = [band?.lows[index] ?? null, band?.highs[index] ?? null];
  const rows = series
    .map(({ id, name, values }) => ({ id, name, value: values[kind.measure]?.[index] ?? null }))
    .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
  return (
    <div className="rounded-md border border-line bg-panel px-2 py-1.5 text-xs shadow-pop">
      <p className="text-muted">{formatAbsolute(Number(label), zone)}</p>
      {rows.slice(0, MOST_ROWS).map(({ id, name, value }) => (
        <p key={id} className="flex items-center gap-2">
          <SeriesSwatch style={styles.get(id)} />
          <span className="max-w-48 flex-1 truncate">{name}</span>
          <span className="font-medium">{value === null ? 'no sample' : kind.format(value)}</span>
          {earlier !== null && (
            <span className="text-muted">
              {earlier.word} {kind.format(earlierAt(id))}
            </span>
          )}
        </p>
      ))}
      {low !== null && high !== null && (
        <p className="text-muted">
          from {kind.format(low)} to {kind.format(high)}
        </p>
      )}
      {rows.length > MOST_ROWS && <p className="text-muted">and {rows.length - MOST_ROWS} more below</p>}
    </div>
  );
}
