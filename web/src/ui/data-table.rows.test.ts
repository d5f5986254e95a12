import { expect, it } from 'vitest';

import { nextSort, sortRows, stepRow, toLines } from './data-table.rows.ts';
import type { Column } from './data-table.types.ts';

type Row = {
  id: string;
  size: number | null;
};
const columns: Column<Row>[] = [
  { key: 'id', header: 'Id', cell: (row) => row.id, value: (row) => row.id },
  { key: 'size', header: 'Size', cell: (row) => row.size, value: (row) => row.size },
];
const rows: Row[] = [
  { id: 'n-10', size: 5 },
  { id: 'n-9', size: null },
  { id: 'n-2', size: 30 },
];
const ids = (sorted: Row[]) => sorted.map((row) => row.id);

it('sorts names with their numbers in order, numbers by size, and nothing last either way', () => {
  expect(ids(sortRows(rows, columns, { key: 'id', direction: 'asc' }))).toEqual(['n-2', 'n-9', 'n-10']);
  expect(ids(sortRows(rows, columns, { key: 'size', direction: 'asc' }))).toEqual(['n-10', 'n-2', 'n-9']);
  expect(ids(sortRows(rows, columns, { key: 'size', direction: 'desc' }))).toEqual(['n-2', 'n-10', 'n-9']);
  expect(ids(sortRows(rows, columns, { key: 'gone', direction: 'desc' }))).toEqual(['n-10', 'n-9', 'n-2']);
});

it('orders by name what is equal', () => {
  const alike = ['n-10', 'n-9', 'n-2'].map((id) => ({ id, size: 1 }));
  expect(ids(sortRows(alike, columns, { key: 'size', direction: 'desc' }))).toEqual(['n-2', 'n-9', 'n-10']);
});

it('puts headings between groups and passes over them', () => {
  const lines = toLines(
    rows,
    (row) => row.id,
    (row) => (row.size === null ? { key: 'a', label: 'Unsized' } : { key: 'b', label: 'Sized' }),
  );
  expect(lines.map((line) => (line.kind === 'group' ? `${line.label} ${line.count}` : line.key))).toEqual([
    'Sized 2',
    'n-10',
    'n-2',
    'Unsized 1',
    'n-9',
  ]);
  expect([stepRow(lines, -1, 1), stepRow(lines, 2, 1), stepRow(lines, 4, 1), stepRow(lines, 1, -1)]).toEqual([
    1, 4, 4, 1,
  ]);
});

it('sorts up first, then down', () => {
  expect(nextSort(null, 'id')).toEqual({ key: 'id', direction: 'asc' });
  expect(nextSort({ key: 'id', direction: 'asc' }, 'id')).toEqual({ key: 'id', direction: 'desc' });
});
