import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Sort key; without it the column can't be sorted. Null sorts last in both directions. */
  value?: (row: Row) => string | number | null;
  /** `right` for numbers. */
  align?: 'left' | 'right';
  /** Pixels; columns without one share the rest. */
  width?: number;
  /** Pixels that a column without a width needs, where a name of usual length needs fewer or more than the common 184. */
  minWidth?: number;
  /** Names the row: its link and its card's title. Never leaves the row. Defaults to the first column. */
  primary?: boolean;
  /** What can be done with the row. Never leaves it. */
  action?: boolean;
  /** 1 is the last to leave when there is no room; those without one leave first. */
  priority?: number;
  /** A sentence: on a card it has a line of its own. */
  wide?: boolean;
};

export type Sort = {
  key: string;
  direction: 'asc' | 'desc';
};

export type DataTableProps<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  caption: string;
  onOpen?: ((row: Row) => void) | undefined;
  rowHref?: ((row: Row) => string) | undefined;
  sort?: Sort | null | undefined;
  onSortChange?: ((sort: Sort) => void) | undefined;
  /** CSS height of the scrolling part. */
  height?: string | undefined;
  /** When given, rows can be selected with `x` and a check box. */
  selected?: ReadonlySet<string> | undefined;
  onSelectedChange?: ((selected: ReadonlySet<string>) => void) | undefined;
  /** Groups are ordered by label. */
  groupOf?: ((row: Row) => { key: string; label: string }) | undefined;
};

export type Line<Row> =
  | { kind: 'group'; key: string; label: string; count: number }
  | { kind: 'row'; key: string; row: Row }
  | { kind: 'details'; key: string; row: Row };
