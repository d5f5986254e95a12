import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { DataTable } from './data-table.tsx';
import type { Column, Sort } from './data-table.types.ts';

type Row = { id: string; state: number };
const columns: Column<Row>[] = [
  { key: 'id', header: 'Name', cell: (row) => row.id, value: (row) => row.id },
  { key: 'state', header: 'State', cell: (row) => row.state, value: (row) => row.state },
];
const list = (rows: Row[], key = 'state', direction: Sort['direction'] = 'asc') => (
  <DataTable
    caption="Things"
    columns={columns}
    rows={rows}
    rowKey={({ id }) => id}
    sort={{ key, direction }}
  />
);
const before: Row[] = [
  { id: 'a', state: 1 },
  { id: 'b', state: 2 },
];
const after: Row[] = [
  { id: 'a', state: 3 },
  { id: 'b', state: 2 },
  { id: 'c', state: 1 },
];
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[0]?.textContent);

const pass = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps rows in their places under a moving pointer, and for two seconds after', () => {
  const { rerender } = render(list(before));
  fireEvent.pointerMove(screen.getByRole('region'));
  rerender(list(after));
  expect(names()).toEqual(['a', 'b', 'c']);
  pass(1_500);
  fireEvent.pointerMove(screen.getByRole('region'));
  pass(1_500);
  expect(names()).toEqual(['a', 'b', 'c']);
  pass(600);
  expect(names()).toEqual(['c', 'b', 'a']);
});

it('sorts at once when asked to', () => {
  const { rerender } = render(list(before));
  fireEvent.pointerDown(screen.getByRole('region'));
  rerender(list(after, 'id', 'desc'));
  expect(names()).toEqual(['c', 'b', 'a']);
});

it('drops rows that are gone while it holds the others', () => {
  const { rerender } = render(list(before));
  fireEvent.pointerMove(screen.getByRole('region'));
  rerender(list(after.slice(1)));
  expect(names()).toEqual(['b', 'c']);
});
