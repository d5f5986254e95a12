import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MouseEvent } from 'react';

import { cx } from '../lib/class-names.ts';
import { DetailFacts, DetailsButton } from './data-table-detail.tsx';
import type { Details } from './data-table-detail.tsx';
import { nextSort } from './data-table.rows.ts';
import type { Column, DataTableProps, Line, Sort } from './data-table.types.ts';
import { isRowPress } from './row-press.ts';

export type LineProps<Row> = {
  props: DataTableProps<Row>;
  line: Line<Row>;
  index: number;
  /** Those that have room. */
  columns: readonly Column<Row>[];
  primary: string | undefined;
  active: string | null;
  onActive: (key: string) => void;
  details: Details<Row>;
  /** Tells the list how high an opened row's details are. */
  measure: ((element: HTMLElement | null) => void) | undefined;
};

type HeadCellProps<Row> = {
  column: Column<Row>;
  sort: Sort | null | undefined;
  onSortChange: ((sort: Sort) => void) | undefined;
};

export function HeadCell<Row>({ column, sort, onSortChange }: HeadCellProps<Row>) {
  const sorted = sort?.key === column.key ? sort.direction : null;
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
      style={{ width: column.width }}
      className={cx(
        'sticky top-0 z-10 h-8 border-b border-line bg-panel px-3 text-xs font-medium text-muted',
        column.align === 'right' ? 'text-right' : 'text-left',
      )}
    >
      {column.value === undefined || onSortChange === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          onClick={() => onSortChange(nextSort(sort, column.key))}
          className="inline-flex h-7 max-w-full items-center gap-1 hover:text-text"
        >
          <span className="truncate">{column.header}</span>
          <Arrow aria-hidden size={12} className={sorted === null ? 'invisible' : undefined} />
        </button>
      )}
    </th>
  );
}

/** A real link: plain clicks go through `onOpen`, others to the browser. */
export function PrimaryCell<Row>({
  props,
  row,
  column,
}: {
  props: DataTableProps<Row>;
  row: Row;
  column: Column<Row>;
}) {
  const href = props.rowHref?.(row);
  if (href === undefined) return column.cell(row);
  const open = (event: MouseEvent) => {
    if (props.onOpen === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    props.onOpen(row);
  };
  return (
    <a href={href} onClick={open} className="font-medium hover:underline">
      {column.cell(row)}
    </a>
  );
}

export function SelectBox<Row>({ props, rowKey }: { props: DataTableProps<Row>; rowKey: string }) {
  return (
    <input
      type="checkbox"
      aria-label="Select"
      checked={props.selected?.has(rowKey) ?? false}
      className="block size-4 accent-accent"
      onChange={(event) => {
        const next = new Set(props.selected);
        if (event.target.checked) next.add(rowKey);
        else next.delete(rowKey);
        props.onSelectedChange?.(next);
      }}
    />
  );
}

export function TableLine<Row>(shown: LineProps<Row>) {
  const { props, line, index, columns, primary, active, onActive, details, measure } = shown;
  const hasDetails = details.columns.length > 0;
  const width = columns.length + (props.selected === undefined ? 0 : 1) + (hasDetails ? 1 : 0);
  if (line.kind === 'group') {
    return (
      <tr aria-rowindex={index + 2} data-line={index}>
        <th
          scope="rowgroup"
          colSpan={width}
          className="h-8 border-b border-line bg-sunken px-3 text-left font-medium"
        >
          {line.label} <span className="font-normal text-muted">{line.count}</span>
        </th>
      </tr>
    );
  }
  if (line.kind === 'details') {
    return (
      <tr ref={measure} aria-rowindex={index + 2} data-index={index} data-line={index}>
        <td colSpan={width} className="border-b border-line bg-sunken pl-6">
          <DetailFacts columns={details.columns} row={line.row} />
        </td>
      </tr>
    );
  }
  const isActive = line.key === active;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isActive || undefined}
      data-line={index}
      onClick={(event) => {
        onActive(line.key);
        if (isRowPress(event)) props.onOpen?.(line.row);
      }}
      className={cx(
        'h-9 hover:bg-hover',
        props.onOpen !== undefined && 'cursor-pointer',
        isActive && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]',
        props.selected?.has(line.key) === true && 'bg-active',
      )}
    >
      {hasDetails && (
        <td data-print="hide" className="border-b border-line pl-1">
          <DetailsButton rowKey={line.key} details={details} />
        </td>
      )}
      {props.selected !== undefined && (
        <td data-print="hide" className="border-b border-line px-3">
          <SelectBox props={props} rowKey={line.key} />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.key}
          data-name={column.key === primary || undefined}
          className={cx('h-9 truncate border-b border-line px-3', column.align === 'right' && 'text-right')}
        >
          {column.key === primary ? (
            <PrimaryCell props={props} row={line.row} column={column} />
          ) : (
            column.cell(line.row)
          )}
        </td>
      ))}
    </tr>
  );
}
