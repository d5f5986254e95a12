import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import type { Earlier } from '../../earlier.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';
import type { Several } from '../several.rules.ts';

/** One chart as it is seen. */
export type ExportedChart = {
  kind: ChartKind;
  /** Of what it is: "api-1". */
  name: string;
  answer: Pick<TelemetryResponse, 'from' | 'to' | 'times'>;
  shown: Series[];
  styles: Map<string, SeriesStyle>;
  earlier: Earlier | null;
};

/** Several measures of one thing in one chart. */
export type SeveralExport = {
  /** Of what it is: "api-1". */
  name: string;
  series: Series;
  kinds: readonly ChartKind[];
  several: Several;
  answer: Pick<TelemetryResponse, 'from' | 'to' | 'times'>;
};

export const titleOf = (what: string, name: string): string => `${what} of ${name}`;

/** Of letters and digits that every system takes: `cpu-api-1-20260301T140500Z`. `from`: epoch milliseconds. */
export function fileNameOf(what: string, name: string, from: number): string {
  const plain = `${what} ${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
  const at = new Date(from).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${plain}-${at}`;
}

/** Those of the earlier time that are drawn. */
export function beforeOf({ shown, earlier }: Pick<ExportedChart, 'shown' | 'earlier'>): Series[] {
  const drawn = new Set(shown.map(({ id }) => id));
  return (earlier?.series ?? []).filter(({ id }) => drawn.has(id));
}
