/** `--series-1` to `--series-8` of the style sheet, in both themes. */
export const SERIES_COLORS = 8;

/** Repeats after the last one. */
export const seriesColor = (index: number): string => `var(--series-${(index % SERIES_COLORS) + 1})`;
