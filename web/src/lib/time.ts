import { createStore, keepChoice, readChoice, useStore } from './store.ts';
import { NO_VALUE, formatDuration } from './units.ts';

export type Zone = 'local' | 'utc';

const ZONE_KEY = 'cyclorama.zone';
const zoneStore = createStore<Zone>(readChoice(ZONE_KEY, ['local', 'utc']));

export const useZone = (): Zone => useStore(zoneStore);

export function setZone(zone: Zone): void {
  keepChoice(ZONE_KEY, zone);
  zoneStore.set(zone);
}

/** Epoch milliseconds; null for an unparsable time and for an upstream's "never" (year 1). */
export function parseTime(iso: string | null | undefined): number | null {
  if (iso === null || iso === undefined || iso === '') return null;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) || new Date(ms).getUTCFullYear() <= 1 ? null : ms;
}

const formatters = new Map<Zone, Intl.DateTimeFormat>();

function formatterOf(zone: Zone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
      ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** "2026-03-01 14:05:09 UTC". */
export function formatAbsolute(time: string | number | null | undefined, zone: Zone): string {
  const ms = typeof time === 'number' ? time : parseTime(time);
  if (ms === null || !Number.isFinite(ms)) return NO_VALUE;
  const part = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']} ${part['timeZoneName']}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "12 s ago", "3 min ago", "2 d ago". "in 3 min": the clock it was taken by is ahead. */
export function formatAgo(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  if (ms < -5000) return `in ${inOneUnit(-ms)}`;
  return ms < 5000 ? 'just now' : `${inOneUnit(ms)} ago`;
}

/** "for 2 s", "for 3 min", "for 2 d"; never negative. */
export function formatElapsed(ms: number): string {
  return Number.isFinite(ms) ? `for ${inOneUnit(Math.max(0, ms))}` : NO_VALUE;
}

function inOneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** "in 9 min 30 s"; its age once it is over. */
export function formatFromNow(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  return ms > 0 ? `in ${formatDuration(Math.ceil(ms / 1000) * 1000)}` : formatAgo(-ms);
}

/** "4 min 10 s", or "ended". */
export function formatLeft(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  return ms <= 0 ? 'ended' : formatDuration(Math.ceil(ms / 1000) * 1000);
}
