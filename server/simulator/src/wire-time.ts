/** Go's zero time: how Cycle writes a timestamp of something that has not happened. */
export const NEVER = '0001-01-01T00:00:00Z';

/** RFC 3339 in UTC; null is "never". */
export function wireTime(ms: number | null): string {
  return ms === null ? NEVER : new Date(ms).toISOString();
}

const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/**
 * Milliseconds in a Cycle Duration, a run of numbers and units such as `72h45m2s`
 * (Cycle internal API docs); undefined when the text is no duration.
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|[smhdwy]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|[smhdwy])/g))
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  return total;
}
