import { expect, it } from 'vitest';

import { telemetry } from '../../testing/builders/telemetry.ts';
import {
  alignedSeries,
  comparedIds,
  isMeasured,
  mergeAnswers,
  readings,
  isTailDue,
  toggledIn,
  zoomed,
} from './rules.ts';

it('zooms to what was dragged in either direction, not to a click', () => {
  expect(zoomed(300, 100, 10)).toEqual({ from: 100, to: 300 });
  expect(zoomed(100, 115, 10)).toBeNull();
});

it('asks anew once a whole point is new, a minute at the latest, never faster than sampling', () => {
  expect(isTailDue({ to: 0, stepMs: 24_000, intervalMs: 10_000 }, 23_999)).toBe(false);
  expect(isTailDue({ to: 0, stepMs: 24_000, intervalMs: 10_000 }, 24_000)).toBe(true);
  expect(isTailDue({ to: 0, stepMs: 4_032_000, intervalMs: 10_000 }, 60_000)).toBe(true);
  expect(isTailDue({ to: 0, stepMs: 1_000, intervalMs: 30_000 }, 29_000)).toBe(false);
});

it('puts instances in and out of the comparison', () => {
  expect(comparedIds('a,b,,a,self', 'self')).toEqual(['a', 'b']);
  expect(toggledIn(undefined, 'a')).toBe('a');
  expect(toggledIn('a,b', 'a')).toBe('b');
  expect(toggledIn('a', 'a')).toBeUndefined();
});

it('reads latest, mean and highest over what was measured, a gap being no zero', () => {
  const series = [
    { id: 'a', name: 'a', values: { cpu: [1, null, 3, null] } },
    { id: 'b', name: 'b', values: { cpu: [null, null] } },
  ];
  expect(readings(series, 'cpu')).toEqual([
    { id: 'a', name: 'a', latest: 3, mean: 2, max: 3 },
    { id: 'b', name: 'b', latest: null, mean: null, max: null },
  ]);
  const peak = [{ id: 'a', name: 'a', values: { cpu: [1, 3] }, highest: { cpu: 77, memory: 99 } }];
  expect(readings(peak, 'cpu')).toMatchObject([{ latest: 3, mean: 2, max: 77 }]);
});

it('knows a measure without a single value', () => {
  const series = [{ id: 'a', name: 'a', values: { cpu: [5, null], memory: [null, null] } }];
  expect(isMeasured({ series }, 'cpu')).toBe(true);
  expect(isMeasured({ series }, 'memory')).toBe(false);
  expect(isMeasured({ series }, 'receive')).toBe(false);
});

it('lays compared answers onto the first one’s times', () => {
  const first = telemetry({
    series: [{ id: 'a', name: 'a', values: { cpu: [1, 2, 3, 4] } }],
    notMeasured: ['x'],
  });
  const second = telemetry({
    times: [12, 21, 31],
    series: [{ id: 'b', name: 'b', values: { cpu: [7, null, 9] } }],
    notMeasured: ['x', 'y'],
  });
  const merged = mergeAnswers([first, second]);
  expect(merged?.series[1]?.values.cpu).toEqual([null, 7, null, 9]);
  expect(merged?.notMeasured).toEqual(['x', 'y']);
  expect(mergeAnswers([])).toBeNull();
});

it('lays what was measured a day earlier under the times of today, leaving gaps where nothing was', () => {
  const day = 86_400_000;
  const [start, step] = [10 * day, 60_000];
  const today = telemetry({ stepMs: step, times: [start, start + step, start + 2 * step] });
  const earlier = telemetry({
    stepMs: step,
    times: [start - day - 1000, start - day + step + 1000],
    series: [{ id: 'i1', name: 'api-1', values: { cpu: [1, 2] } }],
  });
  expect(alignedSeries(earlier, today, day)).toEqual([
    { id: 'i1', name: 'api-1', values: { cpu: [1, 2, null] } },
  ]);
});
