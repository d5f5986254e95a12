import type { Zone } from '../../lib/time.ts';

/** Epoch milliseconds as the value of a date-and-time field, in the zone: `2026-03-26T09:15:00`. */
export function toInput(ms: number, zone: Zone): string {
  const shift = zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - shift).toISOString().slice(0, 19);
}

/** Epoch milliseconds of a date-and-time field's value read in the zone; null where it holds no time. */
export function fromInput(text: string, zone: Zone): number | null {
  // A time without a zone is local by the ECMAScript standard.
  const ms = Date.parse(zone === 'utc' ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : ms;
}
