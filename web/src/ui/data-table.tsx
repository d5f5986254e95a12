import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';

import { useNarrow } from '../lib/media.ts';
import { CardLine } from './data-table-card.tsx';
import { HeadCell, TableLine } from './data-table-parts.tsx';
import { sortRows, stepRow, toLines } from './data-table.rows.ts';
import type { Column, DataTableProps } from './data-table.types.ts';

export type { Column, DataTableProps, Sort } from './data-table.types.ts';

const ROW_HEIGHT = 36;
const CARD_HEIGHT = 116;
const GROUP_HEIGHT = 32;
const VIRTUAL_FROM = 100;

/**
 * Past 100 rows only the visible ones are rendered. Keys: j/k or arrows move, Enter opens, x selects. Under 640 px each
 * row is a card. The caller keeps sort and selection.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, sort, groupOf } = props;
  const narrow = useNarrow();
  const scroller = useRef<HTMLElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const lines = useMemo(
    () => toLines(sortRows(rows, columns, sort), rowKey, groupOf),
    [rows, columns, sort, rowKey, groupOf],
  );
  const rowHeight = narrow ? CARD_HEIGHT : ROW_HEIGHT;
  const isVirtual = lines.length > VIRTUAL_FROM;
  // The React compiler isn't used here, so its objection to the library's changing functions doesn't apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: isVirtual ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? GROUP_HEIGHT : rowHeight),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const first = isVirtual ? (items[0]?.index ?? 0) : 0;
  const last = isVirtual ? (items.at(-1)?.index ?? -1) : lines.length - 1;
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const shown = lines.slice(first, last + 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = lines.findIndex((line) => line.key === active);
    const by =
      event.key === 'j' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'k' || event.key === 'ArrowUp'
          ? -1
          : 0;
    const line = lines[at];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by !== 0) {
      event.preventDefault();
      const next = stepRow(lines, at, by);
      setActive(lines[next]?.key ?? null);
      if (isVirtual) virtual.scrollToIndex(next);
      else scroller.current?.querySelector(`[data-line="${next}"]`)?.scrollIntoView({ block: 'nearest' });
    } else if (line?.kind === 'row' && event.key === 'Enter' && event.target === scroller.current) {
      event.preventDefault();
      props.onOpen?.(line.row);
    } else if (line?.kind === 'row' && event.key === 'x' && props.onSelectedChange !== undefined) {
      event.preventDefault();
      toggle(props, line.key);
    }
  };
  const shared = { props, primary: primaryOf(columns), active, onActive: setActive, first };

  return (
    // The scrolling region takes the keyboard, so that the list works without a pointer.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={scroller}
      aria-label={`${props.caption}, list`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="relative overflow-auto rounded-lg border border-line bg-panel"
      style={{ maxHeight: narrow ? '80dvh' : (props.height ?? 'calc(100dvh - 222px)') }}
    >
      {narrow ? (
        <ul aria-label={props.caption} style={{ paddingTop: before, paddingBottom: after }}>
          {shown.map((line, offset) => (
            <CardLine key={line.key} line={line} index={first + offset} height={CARD_HEIGHT} {...shared} />
          ))}
        </ul>
      ) : (
        <table
          aria-rowcount={lines.length + 1}
          className="w-full min-w-[720px] table-fixed border-separate border-spacing-0"
        >
          <caption className="sr-only">{props.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {props.selected !== undefined && (
                <th scope="col" className="sticky top-0 z-10 w-9 border-b border-line bg-panel">
                  <span className="sr-only">Selected</span>
                </th>
              )}
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} sort={sort} onSortChange={props.onSortChange} />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {shown.map((line, offset) => (
              <TableLine key={line.key} line={line} index={first + offset} {...shared} />
            ))}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      )}
    </section>
  );
}

function primaryOf<Row>(columns: readonly Column<Row>[]): string | undefined {
  return (columns.find((column) => column.primary === true) ?? columns[0])?.key;
}

function toggle<Row>(props: DataTableProps<Row>, key: string): void {
  const next = new Set(props.selected);
  if (!next.delete(key)) next.add(key);
  props.onSelectedChange?.(next);
}
