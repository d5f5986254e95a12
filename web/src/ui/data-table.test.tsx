import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { NO_VALUE } from '../lib/units.ts';
import { DataTable } from './data-table.tsx';
import type { Column } from './data-table.types.ts';

type Row = {
  id: string;
};
const columns: Column<Row>[] = [{ key: 'id', header: 'Name', cell: (row) => row.id, value: (row) => row.id }];
const many = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: `row-${index}` }));

it('moves with j and k, opens with enter and selects with x', async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn<(row: Row) => void>();
  const onSelected = vi.fn<(selected: ReadonlySet<string>) => void>();
  render(
    <DataTable
      caption="Things"
      columns={columns}
      rows={many(3)}
      rowKey={(row) => row.id}
      onOpen={onOpen}
      selected={new Set()}
      onSelectedChange={onSelected}
    />,
  );
  await user.click(screen.getByRole('region', { name: 'Things, list' }));
  screen.getByRole('region').focus();
  await user.keyboard('jjk{Enter}x');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 'row-0' });
  expect(onSelected).toHaveBeenCalledExactlyOnceWith(new Set(['row-0']));
});

it('opens by a click anywhere on a row, but not by one on what the row has to press', async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn<(row: Row) => void>();
  const onAct = vi.fn<() => void>();
  const more: Column<Row>[] = [
    ...columns,
    { key: 'state', header: 'State', cell: () => 'Running' },
    {
      key: 'act',
      header: 'Actions',
      action: true,
      cell: () => (
        <button type="button" onClick={onAct}>
          Stop
        </button>
      ),
    },
  ];
  render(
    <DataTable caption="Things" columns={more} rows={many(1)} rowKey={({ id }) => id} onOpen={onOpen} />,
  );
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  expect(onAct).toHaveBeenCalledOnce();
  expect(onOpen).not.toHaveBeenCalled();
  await user.click(screen.getByRole('cell', { name: 'Running' }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 'row-0' });
});

it('asks for a sort when a head is pressed and tells which column is sorted', async () => {
  const onSort = vi.fn<(sort: unknown) => void>();
  render(
    <DataTable
      caption="Things"
      columns={columns}
      rows={many(2)}
      rowKey={(row) => row.id}
      sort={{ key: 'id', direction: 'asc' }}
      onSortChange={onSort}
    />,
  );
  expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(screen.getByRole('button', { name: 'Name' }));
  expect(onSort).toHaveBeenCalledExactlyOnceWith({ key: 'id', direction: 'desc' });
});

it('tells how many rows there are while it draws only some of a long list', () => {
  render(<DataTable caption="Things" columns={columns} rows={many(5000)} rowKey={(row) => row.id} />);
  expect(screen.getByRole('table', { name: 'Things' })).toHaveAttribute('aria-rowcount', '5001');
  expect(screen.getAllByRole('row').length).toBeLessThan(100);
});

it('shows on a phone’s card what there is, and no field without a value', () => {
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: media.includes('max-width'),
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  const facts: Column<Row & { detail: string | null }>[] = [
    { key: 'id', header: 'Name', cell: ({ id }) => id },
    { key: 'detail', header: 'Detail', wide: true, cell: ({ detail }) => <span>{detail ?? NO_VALUE}</span> },
  ];
  const rows = [
    { id: 'a', detail: 'out of memory' },
    { id: 'b', detail: null },
  ];
  render(<DataTable caption="Things" columns={facts} rows={rows} rowKey={({ id }) => id} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'aDetailout of memory',
    'b',
  ]);
  vi.unstubAllGlobals();
});
