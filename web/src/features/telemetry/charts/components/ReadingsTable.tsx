import type { Series } from '@cyclorama/shared/telemetry.ts';

import type { Earlier } from '../../earlier.rules.ts';
import { readings } from '../../rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import { SeriesSwatch } from './SeriesSwatch.tsx';

type ReadingsTableProps = {
  kind: ChartKind;
  series: Series[];
  styles: Map<string, SeriesStyle>;
  earlier: Earlier | null;
};

const ALWAYS_OPEN = 3;

export function ReadingsTable({ kind, series, styles, earlier }: ReadingsTableProps) {
  const before = new Map(readings(earlier?.series ?? [], kind.measure).map(({ id, mean }) => [id, mean]));
  const heads = ['Latest', 'Mean', 'Highest', ...(earlier === null ? [] : [`Mean ${earlier.word}`])];
  const table = (
    <div className="max-h-60 overflow-auto">
      <table className="w-full text-xs">
        <caption className="sr-only">{`${kind.title}, ${kind.unit}: latest, mean and highest value`}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="py-1 text-left font-medium">
              Instance
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="w-[20%] py-1 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {readings(series, kind.measure).map(({ id, name, latest, mean, max }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="max-w-0 py-1 text-left font-normal">
                <span className="flex items-center gap-2">
                  <SeriesSwatch style={styles.get(id)} />
                  <span className="truncate">{name}</span>
                </span>
              </th>
              <td className="text-right">{kind.format(latest)}</td>
              <td className="text-right">{kind.format(mean)}</td>
              <td className="text-right">{kind.format(max)}</td>
              {earlier !== null && <td className="text-right">{kind.format(before.get(id) ?? null)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (series.length <= ALWAYS_OPEN) return table;
  return (
    <details>
      <summary className="min-h-6 text-xs text-muted">Values of {series.length} instances</summary>
      {table}
    </details>
  );
}
