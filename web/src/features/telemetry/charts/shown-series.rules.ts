import type { Series } from '@cyclorama/shared/telemetry.ts';

import { MOST_SERIES } from '../rules.ts';

/** The series drawn: the first that fit, with those in `toggled` turned the other way. Never more than fit. */
export function shownSeries(series: Series[], toggled: ReadonlySet<string>): Series[] {
  return series.filter((one, index) => index < MOST_SERIES !== toggled.has(one.id)).slice(0, MOST_SERIES);
}
