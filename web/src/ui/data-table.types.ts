import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What it sorts by; without it the column can't be sorted. Null sorts last either way. */
  value?: (row: Row) => string | number | null;
  /** `right` for numbers. */
  align?: 'left' | 'right';
  /** CSS width of the column; the rest share what is left. */
  width?: string;
  /** Names the row: its link and its card's title. The first column where none says so. */
  primary?: boolean;
  /** The row's action: on a card it stands beside the name instead of among the facts. */
  cardAction?: boolean;
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
  /** Rows of one group stand under its heading; groups are ordered by label. */
  groupOf?: ((row: Row) => { key: string; label: string }) | undefined;
};

/** A line of the table: a group's heading or a row. */
export type Line<Row> =
  | { kind: 'group'; key: string; label: string; count: number }
  | { kind: 'row'; key: string; row: Row };
