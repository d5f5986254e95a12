import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

import { isShortcut } from '../lib/shortcuts.ts';
import { CardLine, cardHeight } from './data-table-card.tsx';
import { HeadCell, TableLine } from './data-table-parts.tsx';
import { primaryOf } from './data-table.fit.ts';
import { sortRows, stepRow, toLines, withDetails } from './data-table.rows.ts';
import type { DataTableProps, Line } from './data-table.types.ts';
import { useActiveRow } from './use-active-row.ts';
import { useHeldOrder } from './use-held-order.ts';
import { useTableLayout } from './use-table-layout.ts';

export type { Column, DataTableProps, Sort } from './data-table.types.ts';

const ROW_HEIGHT = 36;
const GROUP_HEIGHT = 32;
/** Until an opened row's details are measured. */
const DETAILS_HEIGHT = 56;
const VIRTUAL_FROM = 100;
const PRINTED_MAX = 2000;

/**
 * Past 100 rows only the visible ones are rendered; on paper all of them, up to 2,000. Keys: j/k or arrows move, Enter
 * opens, x selects, e shows what has no room. Under 640 px each row is a card. The caller keeps sort and selection.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, sort, groupOf } = props;
  const scroller = useRef<HTMLElement>(null);
  const [active, setActive] = useActiveRow(props.caption);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { shown, left, minWidth, isCards, isPrinted } = useTableLayout(
    scroller,
    columns,
    props.selected !== undefined,
  );
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const held = useHeldOrder(sorted, rowKey, `${sort?.key} ${sort?.direction}`);
  const closed = useMemo(() => toLines(held.rows, rowKey, groupOf), [held.rows, rowKey, groupOf]);
  const lines = useMemo(
    () => (left.length === 0 || open.size === 0 ? closed : withDetails(closed, open)),
    [closed, left, open],
  );
  const primary = primaryOf(columns)?.key;
  const rowHeight = isCards ? cardHeight(shown, primary) : ROW_HEIGHT;
  const isVirtual = lines.length > VIRTUAL_FROM && !isPrinted;
  // The React compiler isn't used here, so its objection to the library's changing functions doesn't apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: isVirtual ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(lines[index], rowHeight),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const first = isVirtual ? (items[0]?.index ?? 0) : 0;
  const last = isVirtual ? (items.at(-1)?.index ?? -1) : isPrinted ? PRINTED_MAX - 1 : lines.length - 1;
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const rendered = lines.slice(first, last + 1);

  const onToggle = (key: string) => setOpen((now) => toggled(now, key));
  const goTo = (index: number) => {
    const line = lines[index];
    if (line === undefined) return;
    setActive(line.key);
    if (isVirtual) virtual.scrollToIndex(index);
    else scroller.current?.querySelector(`[data-line="${index}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const showRemembered = useEffectEvent(() => {
    const at = lines.findIndex((line) => line.key === active);
    if (at > 0) goTo(at);
  });
  useEffect(() => showRemembered(), []);
  const onFocus = ({ target, currentTarget, relatedTarget }: FocusEvent) => {
    if (target === currentTarget && relatedTarget?.closest('search')) goTo(stepRow(lines, -1, 1));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = lines.findIndex((line) => line.key === active);
    const line = lines[at];
    const by = isShortcut('next', event) ? 1 : isShortcut('previous', event) ? -1 : 0;
    if (by !== 0) goTo(stepRow(lines, at, by));
    else if (line?.kind !== 'row') return;
    else if (isShortcut('open', event) && event.target === scroller.current) props.onOpen?.(line.row);
    else if (isShortcut('select', event) && props.onSelectedChange !== undefined)
      props.onSelectedChange(toggled(props.selected, line.key));
    else if (isShortcut('details', event) && left.length > 0) onToggle(line.key);
    else return;
    event.preventDefault();
  };
  const shared = {
    props,
    columns: shown,
    primary,
    active,
    onActive: setActive,
    details: { columns: left, open, onToggle },
    measure: isVirtual ? virtual.measureElement : undefined,
  };

  return (
    // The scrolling region takes the keyboard, so that the list works without a pointer.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={scroller}
      aria-label={`${props.caption}, list`}
      data-list
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onPointerMove={held.onPointer}
      onPointerDown={held.onPointer}
      className="relative overflow-auto rounded-lg border border-line bg-panel print:max-h-none! print:overflow-visible"
      style={{ maxHeight: isCards ? '80dvh' : `max(320px, ${props.height ?? 'calc(100dvh - 222px)'})` }}
    >
      {isCards ? (
        <ul aria-label={props.caption} style={{ paddingTop: before, paddingBottom: after }}>
          {rendered.map((line, offset) => (
            <CardLine key={line.key} line={line} index={first + offset} {...shared} />
          ))}
        </ul>
      ) : (
        <table
          aria-rowcount={lines.length + 1}
          className="w-full table-fixed border-separate border-spacing-0"
          style={{ minWidth }}
        >
          <caption className="sr-only">{props.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {left.length > 0 && <SmallHead text="Details" />}
              {props.selected !== undefined && <SmallHead text="Selected" />}
              {shown.map((column) => (
                <HeadCell key={column.key} column={column} sort={sort} onSortChange={props.onSortChange} />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {rendered.map((line, offset) => (
              <TableLine key={line.key} line={line} index={first + offset} {...shared} />
            ))}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      )}
      {isPrinted && lines.length > PRINTED_MAX && (
        <p className="px-3 py-2">
          The first {PRINTED_MAX.toLocaleString('en')} of {lines.length.toLocaleString('en')} rows. Filter the
          list to print others.
        </p>
      )}
    </section>
  );
}

function SmallHead({ text }: { text: string }) {
  return (
    <th scope="col" data-print="hide" className="sticky top-0 z-10 w-9 border-b border-line bg-panel">
      <span className="sr-only">{text}</span>
    </th>
  );
}

function heightOf<Row>(line: Line<Row> | undefined, rowHeight: number): number {
  if (line?.kind === 'group') return GROUP_HEIGHT;
  return line?.kind === 'details' ? DETAILS_HEIGHT : rowHeight;
}

function toggled(keys: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
