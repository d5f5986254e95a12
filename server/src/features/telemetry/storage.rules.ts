import type { StoredKind } from '@cyclorama/shared/telemetry-storage.ts';

const YEAR_DAYS = 365;

/** `bytesPerDay` as it grows now, kept for `keptDays`. */
export type Growth = { kind: StoredKind; bytes: number; bytesPerDay: number; keptDays: number };
/** What gives way where there is no room, in order; of each kind the newest `leaveDays` stay. */
export type GivesWay = readonly { kind: StoredKind; leaveDays: number }[];

/** What it takes a year from now, if nothing is cut. */
export const afterAYear = ({ bytesPerDay, keptDays }: Pick<Growth, 'bytesPerDay' | 'keptDays'>): number =>
  bytesPerDay * Math.min(keptDays, YEAR_DAYS);

/** What it takes in `days` days. Where it grew faster before, it shrinks to what its days take now. */
function bytesIn(days: number, { bytes, bytesPerDay, keptDays }: Growth): number {
  return Math.min(bytes + bytesPerDay * days, Math.max(bytesPerDay * keptDays, bytes - bytesPerDay * days));
}

/** In how many whole days all together take more than `maxBytes`; 0: they do; null: never at this rate. */
export function daysUntilCut(growths: readonly Growth[], maxBytes: number): number | null {
  const most = Math.max(0, ...growths.map(({ keptDays }) => keptDays));
  for (let days = 0; days <= most; days += 1)
    if (growths.reduce((sum, growth) => sum + bytesIn(days, growth), 0) > maxBytes) return days;
  return null;
}

/** To how many days each kind comes in the end. */
export function reachInTheEnd(
  growths: readonly Growth[],
  {
    maxBytes,
    picturesMaxBytes,
    givesWay,
  }: { maxBytes: number; picturesMaxBytes: number; givesWay: GivesWay },
): Map<StoredKind, number> {
  const reach = new Map(growths.map(({ kind, keptDays }) => [kind, keptDays]));
  const rates = new Map(growths.map(({ kind, bytesPerDay }) => [kind, bytesPerDay]));
  const shorten = (kind: StoredKind, excess: number, leaveDays: number): number => {
    const [rate, days] = [rates.get(kind) ?? 0, reach.get(kind) ?? 0];
    const cut = Math.min(excess, Math.max(0, days - leaveDays) * rate);
    if (cut > 0) reach.set(kind, days - cut / rate);
    return excess - cut;
  };
  shorten('pictures', bytesOf('pictures', rates, reach) - picturesMaxBytes, 0);
  let excess = growths.reduce((sum, { kind }) => sum + bytesOf(kind, rates, reach), 0) - maxBytes;
  for (const { kind, leaveDays } of givesWay) if (excess > 0) excess = shorten(kind, excess, leaveDays);
  return reach;
}

const bytesOf = (
  kind: StoredKind,
  rates: ReadonlyMap<StoredKind, number>,
  reach: ReadonlyMap<StoredKind, number>,
): number => (rates.get(kind) ?? 0) * (reach.get(kind) ?? 0);
