/** A value for each point, or the one that all have; NaN where it was not measured. */
export type Column = ArrayLike<number> | number;

/**
 * What was measured, in the order of time: the i-th point from `ends[i] - spans[i]` to `ends[i]`, epoch milliseconds. A
 * column a measure, by its number; `lows` and `highs` are the least and the most within a point, where that is known.
 */
export type Points = {
  length: number;
  ends: ArrayLike<number>;
  spans: ArrayLike<number>;
  means: (measure: number) => Column;
  lows: (measure: number) => Column;
  highs: (measure: number) => Column;
};
export type VisitPoints = (points: Points) => void;

export const valueAt = (column: Column, point: number): number =>
  typeof column === 'number' ? column : (column[point] ?? Number.NaN);
