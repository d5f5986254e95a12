import { useEffect, useMemo, useRef, useState } from 'react';

/** How long rows keep their places after the pointer moved among them. */
const HOLD_MS = 2_000;

type Held = { order: ReadonlyMap<string, number>; arrangedBy: unknown };

/**
 * Lists that sort themselves by state move while they are watched; under a pointer a row must not slip away from a
 * click. Rows keep their order for two seconds after the pointer last moved there, new ones come last; asking for another
 * `arrangement` ends that at once.
 */
export function useHeldOrder<Row>(
  sorted: readonly Row[],
  rowKey: (row: Row) => string,
  arrangement: unknown,
): { rows: readonly Row[]; onPointer: () => void } {
  const [held, setHeld] = useState<Held | null>(null);
  const movedAt = useRef(0);
  useEffect(() => {
    if (held === null) return undefined;
    const letGo = () => {
      const left = movedAt.current + HOLD_MS - performance.now();
      if (left <= 0) setHeld(null);
      else timer = setTimeout(letGo, left);
    };
    let timer = setTimeout(letGo, HOLD_MS);
    return () => clearTimeout(timer);
  }, [held]);

  const isHeld = held !== null && held.arrangedBy === arrangement;
  const rows = useMemo(() => {
    if (!isHeld) return sorted;
    const placeOf = (row: Row) => held.order.get(rowKey(row)) ?? held.order.size;
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }, [sorted, rowKey, held, isHeld]);

  const onPointer = () => {
    movedAt.current = performance.now();
    if (isHeld) return;
    setHeld({ order: new Map(rows.map((row, place) => [rowKey(row), place])), arrangedBy: arrangement });
  };
  return { rows, onPointer };
}
