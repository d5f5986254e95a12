import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import type { Earlier } from '../../earlier.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import type { SeriesStyle } from '../series-style.rules.ts';

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

export const titleOf = ({ kind, name }: Pick<ExportedChart, 'kind' | 'name'>): string =>
  `${kind.title} of ${name}`;

/** Of letters and digits that every system takes: `cpu-api-1-20260301T140500Z`. */
export function fileNameOf({ kind, name, answer }: ExportedChart): string {
  const plain = `${kind.title} ${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
  const at = new Date(answer.from).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${plain}-${at}`;
}

/** Those of the earlier time that are drawn. */
export function beforeOf({ shown, earlier }: Pick<ExportedChart, 'shown' | 'earlier'>): Series[] {
  const drawn = new Set(shown.map(({ id }) => id));
  return (earlier?.series ?? []).filter(({ id }) => drawn.has(id));
}
