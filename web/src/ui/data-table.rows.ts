import { primaryOf } from './data-table.fit.ts';
import type { Column, DataTableProps, Line, Sort } from './data-table.types.ts';

const text = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : text.compare(String(a), String(b));
}

/** A sorted copy: null last in both directions; what is equal by name, then as it was. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null | undefined,
): Row[] {
  const value = columns.find((column) => column.key === sort?.key)?.value;
  if (value === undefined || !sort) return [...rows];
  const sign = sort.direction === 'asc' ? 1 : -1;
  const nameOf = primaryOf(columns)?.value ?? (() => null);
  return rows
    .map((row) => ({ row, by: value(row), name: nameOf(row) ?? '' }))
    .sort((a, b) => {
      const order =
        a.by === null || b.by === null
          ? Number(a.by === null) - Number(b.by === null)
          : sign * compare(a.by, b.by);
      return order || compare(a.name, b.name);
    })
    .map(({ row }) => row);
}

export function toLines<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  groupOf: DataTableProps<Row>['groupOf'],
): Line<Row>[] {
  const asLine = (row: Row): Line<Row> => ({ kind: 'row', key: rowKey(row), row });
  if (groupOf === undefined) return rows.map(asLine);
  const groups = new Map<string, { label: string; rows: Row[] }>();
  for (const row of rows) {
    const { key, label } = groupOf(row);
    const group = groups.get(key) ?? { label, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([, a], [, b]) => text.compare(a.label, b.label))
    .flatMap(([key, group]): Line<Row>[] => [
      { kind: 'group', key: `group ${key}`, label: group.label, count: group.rows.length },
      ...group.rows.map(asLine),
    ]);
}

export function nextSort(current: Sort | null | undefined, key: string): Sort {
  return { key, direction: current?.key === key && current.direction === 'asc' ? 'desc' : 'asc' };
}

/** Skips headings; stays at either end. */
export function stepRow(lines: readonly Line<unknown>[], from: number, by: 1 | -1): number {
  for (let index = from + by; index >= 0 && index < lines.length; index += by) {
    if (lines[index]?.kind === 'row') return index;
  }
  return from;
}

/** Each opened row is followed by its details. */
export function withDetails<Row>(lines: readonly Line<Row>[], open: ReadonlySet<string>): Line<Row>[] {
  return lines.flatMap((line): Line<Row>[] =>
    line.kind === 'row' && open.has(line.key)
      ? [line, { kind: 'details', key: `details ${line.key}`, row: line.row }]
      : [line],
  );
}
