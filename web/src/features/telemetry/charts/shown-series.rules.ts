import type { Series } from '@cyclorama/shared/telemetry.ts';

import { MOST_SERIES } from '../rules.ts';

/** The first `mostStyles` series, with those in `toggled` inverted; never more than that. */
export function shownSeries(series: Series[], toggled: ReadonlySet<string>): Series[] {
  return series.filter((one, index) => index < MOST_SERIES !== toggled.has(one.id)).slice(0, MOST_SERIES);
}
