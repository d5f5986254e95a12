import type { StoredKind, StoredPart, TelemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';

import { formatBytes, NO_VALUE, plural } from '../../lib/units.ts';

export const storedLabels: Record<StoredKind, string> = {
  samples: 'Samples',
  minutes: 'Minutes',
  hours: 'Hours',
  pictures: 'Topology',
};

export const perValueText = ({ bytesPerValue }: StoredPart): string =>
  bytesPerValue === null ? NO_VALUE : `${bytesPerValue.toFixed(2)} B`;

const daysText = (days: number): string =>
  days >= 2 || days === 1 ? plural(Math.floor(days), 'day') : plural(Math.round(days * 24), 'hour');

/** "35 days", or "12 of 35 days" where there is no room for all. */
export function reachText({ keptDays, reachDays }: StoredPart): string {
  if (reachDays === null || reachDays >= keptDays) return daysText(keptDays);
  return reachDays < 2
    ? `${daysText(reachDays)} of ${daysText(keptDays)}`
    : `${Math.floor(reachDays)} of ${daysText(keptDays)}`;
}

/** What HISTORY_MAX_MB does at the present rate; `dateOf` writes a time. */
export function cutText(
  { yearBytes, maxBytes, cutFrom, parts }: TelemetryStorage,
  now: number,
  dateOf: (at: string) => string,
): string {
  const most = formatBytes(maxBytes);
  if (yearBytes === null)
    return `At most ${most} are kept. What a year takes in all is told once an hour of each is stored.`;
  if (cutFrom === null) return `A year fits into the ${most} of HISTORY_MAX_MB.`;
  const first = parts.find(({ reachDays, keptDays }) => reachDays !== null && reachDays < keptDays);
  const what = first === undefined ? 'the oldest' : `the oldest ${storedLabels[first.kind].toLowerCase()}`;
  return Date.parse(cutFrom) <= now
    ? `The ${most} of HISTORY_MAX_MB are full: ${what} go first.`
    : `The ${most} of HISTORY_MAX_MB will be full on ${dateOf(cutFrom)}: then ${what} go first.`;
}
