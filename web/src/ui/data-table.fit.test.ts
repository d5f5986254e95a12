import { expect, it } from 'vitest';

import { fitCard, fitColumns } from './data-table.fit.ts';
import type { Column } from './data-table.types.ts';

const column = (key: string, more: Partial<Column<null>> = {}): Column<null> => ({
  key,
  header: key,
  cell: () => key,
  ...more,
});
const columns = [
  column('name', { primary: true }),
  column('state', { width: 100, priority: 1 }),
  column('owner', { width: 100, priority: 3 }),
  column('error', { priority: 2, wide: true }),
  column('id', { width: 40 }),
  column('act', { width: 100, action: true }),
];
const keys = (some: readonly Column<null>[]) => some.map(({ key }) => key).join(' ');
const at = (width: number, isSelectable = false) => {
  const { shown, left } = fitColumns(columns, width, isSelectable);
  return [keys(shown), keys(left)];
};

it('lets columns leave in the order of their priority, and never the name or the action', () => {
  expect(at(708)).toEqual(['name state owner error id act', '']);
  expect(at(707)).toEqual(['name state owner error act', 'id']);
  expect(at(703)).toEqual(['name state error act', 'owner id']);
  expect(at(420)).toEqual(['name state act', 'owner error id']);
  expect(at(320)).toEqual(['name act', 'state owner error id']);
  expect(at(100)).toEqual(['name act', 'state owner error id']);
});

it('keeps a less important column out where a more important one had no room', () => {
  expect(at(460)).toEqual(['name state act', 'owner error id']);
});

it('counts the check box, and scrolls rather than press the name', () => {
  expect(at(708, true)).toEqual(['name state error act', 'owner id']);
  expect(fitColumns(columns, 100, false).minWidth).toBe(184 + 100 + 36);
});

it('keeps on a card the action, every sentence and the four most important facts', () => {
  const many = [
    ...columns,
    column('a', { priority: 4 }),
    column('b', { priority: 5 }),
    column('c', { priority: 6 }),
  ];
  expect(keys(fitCard(many).shown)).toBe('name state owner error act a b');
  expect(keys(fitCard(many).left)).toBe('id c');
});
