import type { Frame } from './codec.ts';
import { COLUMNS, WIDTH } from './columns.ts';
import type { SampleRow } from './head.ts';
import { STATS, statColumn } from './tiers.ts';

/** In the order of time. */
export function frameOf(rows: readonly SampleRow[]): Frame {
  return {
    times: Float64Array.from(rows, ({ at }) => at),
    columns: COLUMNS.map((name) => Float64Array.from(rows, (row) => row[name] ?? Number.NaN)),
  };
}

export function rowsOf(instanceId: string, { times, columns }: Frame): SampleRow[] {
  return Array.from(times, (at, row) => {
    const values = COLUMNS.map((name, column) => {
      const value = columns[column]?.[row] ?? Number.NaN;
      return [name, Number.isNaN(value) ? null : value] as const;
    });
    return { instance_id: instanceId, at, ...Object.fromEntries(values) } as SampleRow;
  });
}

type Place = { frame: Frame; row: number };

/** All times of both, each once; `choose` says which counts where both have one. */
function merged(a: Frame, b: Frame, width: number, choose: (a: Place, b: Place) => Place): Frame {
  const places = new Map<number, Place>();
  for (const [row, at] of a.times.entries()) places.set(at, { frame: a, row });
  for (const [row, at] of b.times.entries()) {
    const known = places.get(at);
    const own = { frame: b, row };
    places.set(at, known === undefined ? own : choose(known, own));
  }
  const ordered = [...places].sort(([one], [other]) => one - other);
  return {
    times: Float64Array.from(ordered, ([at]) => at),
    columns: Array.from({ length: width }, (_, column) =>
      Float64Array.from(ordered, ([, { frame, row }]) => frame.columns[column]?.[row] ?? Number.NaN),
    ),
  };
}

/** Each sample counts once: one that is stored stays. */
export function mergeSamples(stored: Frame | undefined, more: Frame): Frame {
  return stored === undefined ? more : merged(stored, more, WIDTH, (known) => known);
}

/** Of two points of the same time the one made from more samples: those of the other may be gone by now. */
export function mergePoints(stored: Frame | undefined, more: Frame): Frame {
  if (stored === undefined) return more;
  const width = STATS.length * WIDTH;
  return merged(stored, more, width, (known, own) => (countOf(own) >= countOf(known) ? own : known));
}

function countOf({ frame, row }: Place): number {
  let count = 0;
  for (let measure = 0; measure < WIDTH; measure += 1)
    count += frame.columns[statColumn('count', measure)]?.[row] || 0;
  return count;
}

/** Rows with `from` ≤ time < `to`. */
export function cut({ times, columns }: Frame, from: number, to: number): Frame {
  const first = times.findIndex((at) => at >= from);
  if (first < 0) return { times: new Float64Array(0), columns: columns.map(() => new Float64Array(0)) };
  const after = times.findIndex((at) => at >= to);
  const end = after < 0 ? times.length : after;
  return { times: times.slice(first, end), columns: columns.map((column) => column.slice(first, end)) };
}
