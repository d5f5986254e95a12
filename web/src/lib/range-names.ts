/** Apart from `time-range.ts`, so that the first route loads no more than the names. */
export const rangeNames = ['1h', '6h', '24h', '7d'] as const;
export type RangeName = (typeof rangeNames)[number];
