// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createBatch, createThrottle } from './batch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('hands over together what came in one frame', () => {
  const apply = vi.fn<(items: number[]) => void>();
  const batch = createBatch<number>(apply);
  batch.add(1);
  batch.add(2);
  vi.advanceTimersByTime(300);
  batch.add(3);
  vi.advanceTimersByTime(300);
  expect(apply.mock.calls).toEqual([[[1, 2]], [[3]]]);
});

it('hands over nothing after it was stopped', () => {
  const apply = vi.fn<(items: number[]) => void>();
  const batch = createBatch<number>(apply);
  batch.add(1);
  batch.stop();
  vi.advanceTimersByTime(1000);
  expect(apply).not.toHaveBeenCalled();
});

it('runs at once, then at most once a period, and keeps the last call', () => {
  const run = vi.fn<() => void>();
  const throttle = createThrottle(run, 2000);
  for (let call = 0; call < 5; call += 1) throttle.call();
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2000);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(2);
});
