import { expect, it } from 'vitest';

import type { Frame } from './codec.ts';
import { DamagedBlock, decodeBlock, encodeBlock } from './codec.ts';
import { sampleTerms } from './columns.ts';

const T0 = 1_795_000_200_000;

/** Always the same numbers. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function frame(rows: number, random: () => number): Frame {
  const times = Float64Array.from({ length: rows }, (_, row) => T0 + row * 10_000 + Math.floor(random() * 7));
  const column = (value: (row: number, stepMs: number) => number): Float64Array =>
    Float64Array.from(times, (at, row) => value(row, at - (times[row - 1] ?? T0 - 10_000)));
  const bytes = Array.from(times, () => Math.floor(random() * 1e7));
  const rate = (row: number, stepMs: number): number => ((bytes[row] ?? 0) * 1_000) / stepMs;
  return {
    times,
    columns: [
      column((_, stepMs) => (100 * Math.floor(random() * 2e10)) / (stepMs * 1e6)),
      column(() => (random() < 0.9 ? 0 : random() * 100)),
      column(() => Math.floor(random() * 300_000) * 4_096),
      column(() => 536_870_912),
      column(rate),
      column(() => Number.NaN),
      column(() => Math.floor(random() * 9)),
      column(() => random()),
      column((row) => (row % 7 < 3 ? Number.NaN : row)),
      column((row) => (row === 3 ? 0.123_456_789_123 : row)),
      column(rate),
    ],
  };
}

const bits = ({ times, columns }: Frame) =>
  [times, ...columns].map((column) => [...new BigUint64Array(column.slice().buffer)]);

it('gives every number back with the same bits, whatever it is', () => {
  for (const rows of [1, 2, 31, 32, 33, 360, 1_000]) {
    const told = frame(rows, numbers(rows));
    const body = encodeBlock(told, { before: T0 - 10_000, terms: sampleTerms });
    expect(bits(decodeBlock(body))).toEqual(bits(told));
  }
  const odd = [0, -0, -1, 1e300, -1e-300, 2 ** 53, 2 ** 60, Infinity, -Infinity, 5e-324, 0.1, 1 / 3, NaN];
  for (const first of odd)
    for (const second of odd) {
      const columns = [Float64Array.of(first, second, first), Float64Array.of(1, 2, first)];
      const told = { times: Float64Array.of(T0, T0 + 1, T0 + 5), columns };
      expect(bits(decodeBlock(encodeBlock(told)))).toEqual(bits(told));
    }
  const none = { times: new Float64Array(0), columns: [new Float64Array(0)] };
  expect(decodeBlock(encodeBlock(none))).toEqual(none);
});

it('is small for what counters and pages give, and nothing for what is known from another column', () => {
  const told = frame(360, numbers(7));
  const bytes = (column: number): number =>
    encodeBlock(
      { times: told.times, columns: [told.columns[column] ?? new Float64Array(0)] },
      { before: T0 - 10_000 },
    ).length;
  const times = encodeBlock({ times: told.times, columns: [] }).length;
  // 2e10 nanoseconds are 35 bits, 1e7 bytes 24, 300,000 pages 19.
  expect((bytes(0) - times) / 360).toBeLessThan(4.7);
  expect((bytes(4) - times) / 360).toBeLessThan(3.3);
  expect((bytes(2) - times) / 360).toBeLessThan(2.7);
  expect(bytes(3) - times).toBeLessThan(20);
  const twice = {
    times: told.times,
    columns: [4, 10].map((column) => told.columns[column] ?? new Float64Array(0)),
  };
  const known = encodeBlock(twice, { before: T0 - 10_000, terms: (column) => (column === 1 ? [0] : []) });
  expect(known.length - bytes(4)).toBeLessThan(20);
});

it('unpacks only the columns that are wanted', () => {
  const told = frame(50, numbers(3));
  const read = decodeBlock(encodeBlock(told, { terms: sampleTerms }), [10]);
  expect(read.columns[10]).toEqual(told.columns[10]);
  expect(read.columns.filter(({ length }) => length > 0)).toHaveLength(1);
});

it('says so where any byte was changed or is missing, and gives no wrong number', () => {
  const body = encodeBlock(frame(20, numbers(5)));
  for (let at = 0; at < body.length; at += 1) {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] ?? 0) ^ 0x40;
    expect(() => decodeBlock(changed)).toThrow(DamagedBlock);
    expect(() => decodeBlock(body.subarray(0, at))).toThrow(DamagedBlock);
  }
});
