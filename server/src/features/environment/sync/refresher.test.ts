import { afterEach, describe, expect, it, vi } from 'vitest';

import { UpstreamError } from '../../../lib/errors.ts';
import { freshnessOf } from './freshness.ts';
import { createRefresher, createThrottle } from './refresher.ts';

afterEach(() => void vi.useRealTimers());

const LIVE = { state: 'live', asOf: null, failingSince: null, reason: null } as const;

function bench(read: () => Promise<void>) {
  vi.useFakeTimers({ now: 1_000_000 });
  const throttle = createThrottle();
  const reads: number[] = [];
  const refresher = createRefresher({
    name: 'containers',
    read: () => {
      reads.push(Date.now() - 1_000_000);
      return read();
    },
    clock: { now: () => Date.now() },
    throttle,
    gapMs: () => 250,
    random: () => 0.5,
    onSettled: () => undefined,
  });
  return { refresher, reads, throttle };
}

describe('createRefresher', () => {
  it('makes asks between two reads one, and keeps the gap', async () => {
    const { refresher, reads } = bench(() => Promise.resolve());
    for (let ask = 0; ask < 20; ask += 1) refresher.ask();
    await vi.advanceTimersByTimeAsync(10);
    refresher.ask();
    refresher.ask(5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toEqual([0, 250]);
    await refresher.stop();
  });

  it('reads again after a read that an ask fell into', async () => {
    const { refresher, reads } = bench(() => new Promise((resolve) => setTimeout(resolve, 400)));
    refresher.ask();
    await vi.advanceTimersByTimeAsync(100);
    refresher.ask();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(reads).toHaveLength(2);
    expect(reads[1]).toBeGreaterThanOrEqual(400);
    expect(refresher.readAt).toBe(1_000_000 + (reads[1] ?? 0));
    await refresher.stop();
  });

  it('tries again by itself, ever later, and says since when it fails', async () => {
    const { refresher, reads } = bench(() =>
      Promise.reject(new UpstreamError('cycle', 'invalid', 'no JSON')),
    );
    refresher.ask();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(reads).toEqual([0, 1_000, 3_000, 7_000]);
    expect(refresher.failingSince).toBe(1_000_000);
    expect(freshnessOf([refresher], LIVE)).toMatchObject({
      state: 'unavailable',
      reason: 'The list of containers could not be read.',
    });
    await refresher.stop();
  });

  it('holds all reads of the upstream back when one was throttled, as long as told', async () => {
    const refused = new UpstreamError('cycle', 'rate-limited', 'slow down', { retryAfterSeconds: 20 });
    const { refresher, reads, throttle } = bench(() => Promise.reject(refused));
    refresher.ask();
    await vi.advanceTimersByTimeAsync(100);
    expect(throttle.until).toBe(1_020_000);
    for (let ask = 0; ask < 10; ask += 1) refresher.ask();
    await vi.advanceTimersByTimeAsync(19_000);
    expect(reads).toEqual([0]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(reads).toEqual([0, 20_000]);
    await refresher.stop();
  });

  it('reads no more once stopped', async () => {
    const { refresher, reads } = bench(() => Promise.resolve());
    await refresher.stop();
    refresher.ask();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toEqual([]);
  });
});
