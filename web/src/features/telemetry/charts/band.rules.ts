import type { Measure, Series } from '@cyclorama/shared/telemetry.ts';

/** The least and the most of each point; null where it is not known. */
export type Band = { lows: readonly (number | null)[]; highs: readonly (number | null)[] };

/** Of what is drawn alone: bands of several lines would lie over each other. Null where points are no wider than samples. */
export function bandOf(shown: readonly Series[], measure: Measure): Band | null {
  const [only, second] = shown;
  const [lows, highs] = [only?.lows?.[measure], only?.highs?.[measure]];
  if (second !== undefined || lows === undefined || highs === undefined) return null;
  return highs.some((value) => value !== null) ? { lows, highs } : null;
}

/**
 * SVG path of the area between both: `xs` are pixels, `y` maps a value to pixels. A gap ends an area; a point between
 * two gaps becomes a line as high as its values reach.
 */
export function bandPath(xs: readonly number[], { lows, highs }: Band, y: (value: number) => number): string {
  let path = '';
  for (let first = 0; first < xs.length; first += 1) {
    if (lows[first] == null || highs[first] == null) continue;
    let end = first + 1;
    while (end < xs.length && lows[end] != null && highs[end] != null) end += 1;
    const up = Array.from({ length: end - first }, (_, at) => corner(xs, highs, first + at, y));
    const back = Array.from({ length: end - first }, (_, at) => corner(xs, lows, end - 1 - at, y));
    path += `M${[...up, ...back].join('L')}Z`;
    first = end;
  }
  return path;
}

function corner(
  xs: readonly number[],
  values: readonly (number | null)[],
  at: number,
  y: (value: number) => number,
): string {
  return `${round(xs[at] ?? 0)},${round(y(values[at] ?? 0))}`;
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
