import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import { alignedSeries } from './rules.ts';

const DAY_MS = 86_400_000;
export const earlierKinds = {
  day: { ms: DAY_MS, word: 'yesterday' },
  week: { ms: 7 * DAY_MS, word: 'last week' },
} as const;
export type EarlierKind = keyof typeof earlierKinds;

/** The same time of an earlier day, at the times of what is shown. */
export type Earlier = { word: string; series: Series[] };

export function earlierOf(
  kind: EarlierKind,
  before: TelemetryResponse | undefined,
  shown: TelemetryResponse,
): Earlier {
  const { ms, word } = earlierKinds[kind];
  const series = before === undefined ? [] : alignedSeries(before, shown, ms);
  return { word, series: series.filter(hasValue) };
}

const hasValue = ({ values }: Series): boolean =>
  Object.values(values).some((column) => column.some((value) => value !== null));
