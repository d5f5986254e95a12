import { expect, it } from 'vitest';

import { kindOf } from './measures.rules.ts';
import { isDense, valueAxis } from './plot.rules.ts';

const memory = (id: string, values: (number | null)[], limit: number) => ({
  id,
  name: id,
  values: { memory: values, memoryLimit: values.map(() => limit) },
});
const MIB = 1024 ** 2;

it('reaches over what is drawn and the limit that all share', () => {
  const shown = [memory('a', [3 * MIB, null], 8 * MIB), memory('b', [5 * MIB, 2 * MIB], 8 * MIB)];
  const axis = valueAxis(kindOf('memory'), shown, []);
  expect(axis).toEqual({ limit: 8 * MIB, ticks: [0, 2, 4, 6, 8].map((at) => at * MIB), top: 8 * MIB });
  const other = [...shown, memory('c', [MIB], 64 * MIB)];
  expect(valueAxis(kindOf('memory'), other, []).limit).toBeNull();
  expect(valueAxis(kindOf('memory'), other, [memory('a', [20 * MIB], MIB)]).top).toBeGreaterThanOrEqual(
    20 * MIB,
  );
});

it('reaches over the peaks within wide points', () => {
  const wide = { ...memory('a', [3 * MIB], 0), lows: { memory: [MIB] }, highs: { memory: [30 * MIB] } };
  expect(valueAxis(kindOf('memory'), [wide], []).top).toBe(32 * MIB);
});

it('draws on a canvas what would be slow in SVG', () => {
  expect(isDense(1, 360)).toBe(false);
  expect(isDense(20, 150)).toBe(true);
});
