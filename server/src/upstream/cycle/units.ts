const NANOSECONDS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3_600e9,
  d: 86_400e9,
  w: 7 * 86_400e9,
  y: 365 * 86_400e9,
};

const DURATION_PART = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h|d|w|y)/gu;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+$/u;

/**
 * Seconds of a Duration such as `72h45m2s` (Cycle internal API docs: number and unit runs, units ns us µs ms s m h d w
 * y). Null for anything else.
 */
export function durationSeconds(text: string | null | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  if (!DURATION.test(trimmed)) return null;
  let nanoseconds = 0;
  for (const [, amount, unit] of trimmed.matchAll(DURATION_PART)) {
    nanoseconds += Number(amount) * (NANOSECONDS[unit ?? ''] ?? 0);
  }
  return nanoseconds / 1e9;
}

const EXPONENT: Record<string, number> = { b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Bytes of a DataSize such as `512M` or `10GB`, in powers of 1024. Null for anything else. */
export function dataSizeBytes(text: string | null | undefined): number | null {
  const match = /^(\d+)([bkmgtp])b?$/iu.exec(text?.trim() ?? '');
  if (match === null) return null;
  return Number(match[1]) * 1024 ** (EXPONENT[(match[2] ?? 'b').toLowerCase()] ?? 0);
}

/**
 * A lifecycle time, or null where it never happened: the API writes "never" as the zero time 0001-01-01T00:00:00Z
 * (Cycle internal API docs), which must not be shown or compared as a date.
 */
export function lifecycleTime(text: string | null | undefined): string | null {
  if (text == null || text.startsWith('0001-01-01')) return null;
  return Number.isNaN(Date.parse(text)) ? null : text;
}
