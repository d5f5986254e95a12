import { expect, it } from 'vitest';

import { DamagedBlock, encodeBlock } from './codec.ts';
import { createKeptBlocks } from './kept-blocks.ts';

const T0 = 1_795_000_200_000;
const block = (value: number): Buffer =>
  encodeBlock({
    times: Float64Array.from({ length: 360 }, (_, row) => T0 + row * 10_000),
    columns: [1, 2, 3].map((factor) => Float64Array.from({ length: 360 }, (_, row) => value + factor * row)),
  });

it('unpacks a block once, further columns as they are asked for', () => {
  const kept = createKeptBlocks(1e6);
  const body = block(1);
  const first = kept('a', body, [0]);
  expect(first.columns.map(({ length }) => length)).toEqual([360, 0, 0]);
  const again = kept('a', Buffer.from(body), [0, 2]);
  expect(again.columns[0]).toBe(first.columns[0]);
  expect(again.columns[2]?.[1]).toBe(4);
  expect(kept('a', body).columns.map((column) => column[1])).toEqual([2, 3, 4]);
});

it('reads one that was written anew, and one that is damaged not at all', () => {
  const kept = createKeptBlocks(1e6);
  expect(kept('a', block(1)).columns[0]?.[0]).toBe(1);
  expect(kept('a', block(5)).columns[0]?.[0]).toBe(5);
  const damaged = block(5);
  damaged[9] = (damaged[9] ?? 0) ^ 1;
  damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1;
  expect(() => kept('a', damaged)).toThrow(DamagedBlock);
});

it('keeps those looked at last within its room', () => {
  const body = block(1);
  // Times, their steps and three columns, and little more.
  const kept = createKeptBlocks(2.2 * 5 * 360 * 8);
  const [a, b] = [kept('a', body), kept('b', body)];
  expect(kept('a', body).columns[0]).toBe(a.columns[0]);
  kept('c', body);
  expect(kept('a', body).columns[0]).toBe(a.columns[0]);
  expect(kept('b', body).columns[0]).not.toBe(b.columns[0]);
});
