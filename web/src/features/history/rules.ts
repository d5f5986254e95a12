export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export const windows = { hour: DAY_MS / 24, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
export type Window = keyof typeof windows;

export type Span = { from: number; until: number };

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS;

/** The shortest that reaches from now back to `at`. */
export function windowFor(at: number, now: number): Window {
  const names = Object.keys(windows) as Window[];
  return names.find((name) => now - windows[name] <= at) ?? 'month';
}

/** The recorded minute at `at`, or the next one in the direction; null where there is none. */
export function recordedMinute(spans: readonly Span[], at: number, by: 1 | -1): number | null {
  const minute = minuteOf(at);
  if (spans.some(({ from, until }) => from <= minute && minute <= until)) return minute;
  if (by === 1) return spans.find(({ from }) => from > minute)?.from ?? null;
  return spans.findLast(({ until }) => until < minute)?.until ?? null;
}

/** The last hour, or what of it is on record; null: nothing is yet. Epoch milliseconds. */
export function lastHour(spans: readonly Span[], now: number): { before: number; after: number } | null {
  const after = recordedMinute(spans, now - MINUTE_MS, -1);
  const before = after === null ? null : recordedMinute(spans, after - windows.hour, 1);
  return after === null || before === null ? null : { before, after };
}

/** The first minute that shows the next event, or the one before the event before: its picture is of the minute's beginning. */
export function minuteOfEvent(times: readonly number[], at: number, by: 1 | -1): number | null {
  const minutes = times.map((time) => minuteOf(time) + MINUTE_MS);
  if (by === 1) return minutes.filter((minute) => minute > at).reduce<number | null>(lesser, null);
  return minutes.filter((minute) => minute < at).reduce<number | null>(greater, null);
}
const lesser = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));
const greater = (a: number | null, b: number): number => (a === null ? b : Math.max(a, b));

/** Times between the spans within a window, in which nothing was recorded. */
export function gapsIn(spans: readonly Span[], from: number, to: number): Span[] {
  const gaps: Span[] = [];
  let known = from;
  for (const span of spans) {
    if (span.until < from || span.from > to) continue;
    if (span.from > known + MINUTE_MS) gaps.push({ from: known, until: span.from });
    known = Math.max(known, span.until);
  }
  if (known < to - 2 * MINUTE_MS) gaps.push({ from: known, until: to });
  return gaps;
}

/** While playing, whole minutes so that a window is played in about two hundred steps. */
export const playStep = (window: Window): number =>
  Math.max(1, Math.round(windows[window] / 200 / MINUTE_MS)) * MINUTE_MS;
