export type QueueHistory = {
  times: number[];
  lengths: (number | null)[];
};

type Scales = {
  /** Epoch milliseconds and queue length to pixels. */
  x: (at: number) => number;
  y: (length: number) => number;
  /** End of the last step, epoch milliseconds. */
  until: number;
};

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** SVG path in steps: a length holds until the next reading, the last one until `until`. Null is a gap. */
export function stepPath({ times, lengths }: QueueHistory, { x, y, until }: Scales): string {
  let path = '';
  let isOpen = false;
  for (const [index, at] of times.entries()) {
    const length = lengths[index] ?? null;
    if (length === null) {
      isOpen = false;
      continue;
    }
    const end = Math.max(at, times[index + 1] ?? until);
    path += `${isOpen ? 'V' : `M${round(x(at))},`}${round(y(length))}H${round(x(end))}`;
    isOpen = true;
  }
  return path;
}

export type QueueSpan = {
  from: number;
  to: number;
  /** Null: no reading. */
  length: number | null;
};

/** Spans of equal length, newest first: the chart as a table. */
export function queueSpans({ times, lengths }: QueueHistory, until: number): QueueSpan[] {
  const spans: QueueSpan[] = [];
  for (const [index, from] of times.entries()) {
    const length = lengths[index] ?? null;
    const to = Math.max(from, times[index + 1] ?? until);
    const last = spans.at(-1);
    if (last !== undefined && last.length === length) last.to = to;
    else spans.push({ from, to, length });
  }
  return spans.toReversed();
}

export function freeShare(history: QueueHistory, until: number): number | null {
  const known = queueSpans(history, until).filter(({ length }) => length !== null);
  const total = known.reduce((sum, { from, to }) => sum + to - from, 0);
  if (total === 0) return null;
  return known.filter(({ length }) => length === 0).reduce((sum, { from, to }) => sum + to - from, 0) / total;
}

/** Whole numbers from 0 to `most`, at most five: queue lengths have no fractions. */
export function valueMarks(most: number): number[] {
  const step = Math.max(1, Math.ceil(most / 4));
  const marks = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
  return marks.at(-1) === most ? marks : [...marks.slice(0, -1), most];
}
