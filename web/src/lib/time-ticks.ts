import type { Zone } from './time.ts';

const MINUTE = 60_000;
const hour = 60 * MINUTE;
const day = 24 * hour;
const timeSteps = [
  10_000,
  30_000,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
];

/**
 * Round times of the zone between two epoch milliseconds, about `most` of them. Over more than two days they are
 * midnights, so that each date is marked once, also on days of 23 or 25 hours.
 */
export function timeTicks(from: number, to: number, zone: Zone, most: number): number[] {
  const least = to - from > 2 * day ? day : 0;
  const step =
    timeSteps.find((candidate) => candidate >= least && (to - from) / candidate <= most) ?? 30 * day;
  if (zone === 'local' && step > hour) return localTicks(from, to, step);
  const shift = zone === 'utc' ? 0 : -new Date(from).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((from + shift) / step) * step - shift;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** By the local calendar: whole days, or the same hours of every day. */
function localTicks(from: number, to: number, step: number): number[] {
  const start = new Date(from);
  const [year, month, date] = [start.getFullYear(), start.getMonth(), start.getDate()];
  const hours = step < day ? Array.from({ length: day / step }, (_, index) => (index * step) / hour) : [0];
  const ticks: number[] = [];
  for (let offset = 0; ; offset += 1) {
    const midnight = new Date(year, month, date + offset).getTime();
    if (midnight > to) return ticks;
    const dayNumber = Date.UTC(year, month, date + offset) / day;
    if (step > day && dayNumber % (step / day) !== 0) continue;
    for (const each of hours) {
      const at = new Date(year, month, date + offset, each).getTime();
      if (at >= from && at <= to) ticks.push(at);
    }
  }
}

/** A date at midnights and day steps, else the time of day. */
export function timeTickLabel(at: number, spanMs: number, zone: Zone): string {
  const parts = Object.fromEntries(
    (zone === 'utc' ? utcParts : localParts).formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const clock = `${parts['hour']}:${parts['minute']}`;
  if (spanMs > 2 * day || (spanMs > 2 * hour && clock === '00:00'))
    return `${parts['day']} ${parts['month']}`;
  return spanMs < 10 * MINUTE ? `${clock}:${parts['second']}` : clock;
}

const fields = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
const localParts = new Intl.DateTimeFormat('en-GB', fields);
const utcParts = new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: 'UTC' });
