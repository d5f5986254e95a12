import { ArrowDown, ArrowUp } from 'lucide-react';
import type { MouseEvent } from 'react';

import { cx } from '../lib/class-names.ts';
import { nextSort } from './data-table.rows.ts';
import type { Column, DataTableProps, Line, Sort } from './data-table.types.ts';

export type LineProps<Row> = {
  props: DataTableProps<Row>;
  line: Line<Row>;
  index: number;
  primary: string | undefined;
  active: string | null;
  onActive: (key: string) => void;
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

export function TableLine<Row>({ props, line, index, primary, active, onActive }: LineProps<Row>) {
  const width = props.columns.length + (props.selected === undefined ? 0 : 1);
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
  const isActive = line.key === active;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={isActive || undefined}
      data-line={index}
      onClick={() => onActive(line.key)}
      onDoubleClick={() => props.onOpen?.(line.row)}
      className={cx(
        'h-9 hover:bg-hover',
        isActive && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)]',
        props.selected?.has(line.key) === true && 'bg-active',
      )}
    >
      {props.selected !== undefined && (
        <td className="border-b border-line px-3">
          <SelectBox props={props} rowKey={line.key} />
        </td>
      )}
      {props.columns.map((column) => (
        <td
          key={column.key}
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
