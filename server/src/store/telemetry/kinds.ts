import { MOST_WHOLE } from './whole-numbers.ts';

/** What a column's numbers are in truth, so that they can be kept as whole numbers. Stored: never renumbered. */
export const KIND = { empty: 0, same: 1, raw: 2, whole: 3, thousandths: 4, rate: 5, share: 6 } as const;
export type WholeKind = 'whole' | 'thousandths' | 'rate' | 'share';

type Way = {
  /** Nearest whole number; `stepMs` is the time since the sample before. */
  toWhole: (value: number, stepMs: number) => number;
  fromWhole: (whole: number, stepMs: number) => number;
};

/** `rate` and `share` calculate as `features/telemetry/rates.ts` does, so the quotient has the same bits again. */
export const WAYS: Readonly<Record<WholeKind, Way>> = {
  whole: { toWhole: (value) => value, fromWhole: (whole) => whole },
  thousandths: { toWhole: (value) => value * 1_000, fromWhole: (whole) => whole / 1_000 },
  /** A counter's growth, per second. */
  rate: {
    toWhole: (value, stepMs) => (value * stepMs) / 1_000,
    fromWhole: (whole, stepMs) => (whole * 1_000) / stepMs,
  },
  /** Nanoseconds of CPU, as per cent of the time. */
  share: {
    toWhole: (value, stepMs) => value * stepMs * 10_000,
    fromWhole: (whole, stepMs) => (100 * whole) / (stepMs * 1e6),
  },
};

/** The values of whole numbers, in an array of their own; `steps` beside them. */
export function numbersOf(kind: WholeKind, wholes: Float64Array, steps: Float64Array): Float64Array {
  if (kind === 'whole') return wholes.slice();
  const { fromWhole } = WAYS[kind];
  return wholes.map((whole, index) => fromWhole(whole, steps[index] ?? 0));
}

const ORDER: readonly WholeKind[] = ['whole', 'thousandths', 'rate', 'share'];

export type Wholes = { kind: WholeKind; wholes: Float64Array; exceptions: number[] };

/**
 * The kind by which all values but a few come back bit by bit; `exceptions` are the places of those, which repeat the
 * whole number before them. Null: there is none.
 */
export function wholesOf(values: Float64Array, steps: Float64Array): Wholes | null {
  const most = 2 + values.length / 32;
  let best: Wholes | null = null;
  for (const kind of ORDER) {
    const found = tryKind(kind, values, steps, best === null ? most : best.exceptions.length - 1);
    if (found !== null) best = found;
    if (best?.exceptions.length === 0) break;
  }
  return best;
}

function tryKind(kind: WholeKind, values: Float64Array, steps: Float64Array, most: number): Wholes | null {
  const { toWhole, fromWhole } = WAYS[kind];
  const wholes = new Float64Array(values.length);
  const exceptions: number[] = [];
  let before = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    const step = steps[index] ?? 0;
    // Adding 0 makes 0 of -0, which then counts as an exception.
    const whole = Math.round(toWhole(value, step)) + 0;
    const fits = Math.abs(whole) <= MOST_WHOLE && Object.is(fromWhole(whole, step), value);
    if (fits) before = whole;
    else if (exceptions.push(index) > most) return null;
    wholes[index] = before;
  }
  return { kind, wholes, exceptions };
}
