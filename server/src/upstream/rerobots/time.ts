/**
 * rerobots writes `2026-11-21 02:22:50.785496` and `2026-11-21 02:22 UTC` (both UTC), ISO 8601 with a zone, and seconds
 * since the epoch. Returns epoch milliseconds; null for anything else.
 */
export function rerobotsTime(value: string | number | null | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1_000 : null;
  if (value === null || value === undefined || value.trim() === '') return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const naive = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?UTC)?$/.exec(text);
  const iso = naive ? `${naive[1]}T${naive[2]}Z` : text;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}
