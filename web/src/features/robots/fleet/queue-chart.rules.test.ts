import { expect, it } from 'vitest';

import { freeShare, queueSpans, stepPath, valueMarks } from './queue-chart.rules.ts';

const history = { times: [0, 10, 20, 30, 40], lengths: [0, 2, null, 1, 1] };
const scales = { x: (at: number) => at, y: (length: number) => 100 - length * 10, until: 50 };

it('draws steps, and a gap as a gap', () => {
  expect(stepPath(history, scales)).toBe('M0,100H10V80H20M30,90H40V90H50');
  expect(stepPath({ times: [], lengths: [] }, scales)).toBe('');
});

it('joins equal readings, newest first', () => {
  expect(queueSpans(history, 50)).toEqual([
    { from: 30, to: 50, length: 1 },
    { from: 20, to: 30, length: null },
    { from: 10, to: 20, length: 2 },
    { from: 0, to: 10, length: 0 },
  ]);
});

it('counts only what was recorded into the share it was free', () => {
  expect(freeShare(history, 50)).toBe(0.25);
  expect(freeShare({ times: [0], lengths: [null] }, 50)).toBeNull();
});

it('marks whole numbers only, up to the most', () => {
  expect(valueMarks(1)).toEqual([0, 1]);
  expect(valueMarks(3)).toEqual([0, 1, 2, 3]);
  expect(valueMarks(9)).toEqual([0, 3, 6, 9]);
  expect(valueMarks(10)).toEqual([0, 3, 6, 10]);
});
