import { useLayoutEffect, useMemo, useState } from 'react';
import type { RefObject } from 'react';

import { useMedia, useNarrow } from '../lib/media.ts';
import { fitCard, fitColumns } from './data-table.fit.ts';
import type { Fit } from './data-table.fit.ts';
import type { Column } from './data-table.types.ts';

/** Pixels between the margins of an upright A4 or Letter sheet. */
const PRINT_WIDTH = 700;

export type TableLayout<Row> = Fit<Row> & { isCards: boolean; isPrinted: boolean };

/** Columns by the room the list itself has, measured before the first paint; cards on a phone, never on paper. */
export function useTableLayout<Row>(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly Column<Row>[],
  isSelectable: boolean,
): TableLayout<Row> {
  const isPrinted = useMedia('print');
  const isCards = useNarrow() && !isPrinted;
  const width = useWidth(scroller);
  return useMemo(() => {
    const fit = isCards
      ? fitCard(columns)
      : fitColumns(columns, isPrinted ? PRINT_WIDTH : width, isSelectable && !isPrinted);
    return { ...fit, isCards, isPrinted };
  }, [columns, isCards, isPrinted, isSelectable, width]);
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => setWidth(current.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
