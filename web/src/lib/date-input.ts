import type { Zone } from './time.ts';

const DAY = 86_400_000;

const offsetMs = (at: number): number => new Date(at).getTimezoneOffset() * 60_000;

/** As `2026-03-26T09:15:00` in the zone. */
export function toInput(ms: number, zone: Zone): string {
  return new Date(zone === 'utc' ? ms : ms - offsetMs(ms)).toISOString().slice(0, 19);
}

/**
 * Epoch milliseconds of a field's value in the zone: none if invalid, two where clocks were put back. A skipped local
 * time is read with the offset before the change.
 */
export function fromInput(text: string, zone: Zone): number[] {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return [];
  if (zone === 'utc') return [asUtc];
  const candidates = [asUtc + offsetMs(asUtc - DAY), asUtc + offsetMs(asUtc + DAY)];
  const shown = toInput(asUtc, 'utc');
  const found = [...new Set(candidates)].filter((at) => toInput(at, 'local') === shown);
  return found.length > 0 ? found.toSorted((a, b) => a - b) : candidates.slice(0, 1);
}
