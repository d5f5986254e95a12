// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { getConnection, setConnection } from './connection.ts';
import { createMonitor } from './stream-monitor.ts';
import type { Monitor } from './stream-monitor.ts';

const heartbeatMs = 10_000;
const probe = vi.fn<() => Promise<boolean>>();
const check = vi.fn<() => void>();
const read = vi.fn<() => void>();
const onBack = vi.fn<() => void>();
let monitor: Monitor;
const state = () => getConnection().state;

beforeEach(() => {
  vi.useFakeTimers();
  for (const each of [probe, check, read, onBack]) each.mockReset();
  probe.mockResolvedValue(true);
  setConnection('connecting', 0);
  monitor = createMonitor({ heartbeatMs, now: Date.now, random: () => 0.5, probe, check, read, onBack });
});
afterEach(() => {
  monitor.stop();
  vi.useRealTimers();
});

it('is live from the first word on, not before', async () => {
  expect(state()).toBe('connecting');
  monitor.received(Date.now());
  expect(state()).toBe('live');
  expect(onBack).not.toHaveBeenCalled();
});

it('reads by itself where no word ever comes, and says that it is delayed', async () => {
  await vi.advanceTimersByTimeAsync(6100);
  expect(state()).toBe('delayed');
  expect(read).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(read).toHaveBeenCalledTimes(3);
  monitor.received(Date.now());
  expect(state()).toBe('live');
  expect(onBack).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(read).toHaveBeenCalledTimes(3);
});

it('is not live any more once two heartbeats stayed out, whatever the socket says', async () => {
  const receivedAt = Date.now();
  monitor.received(receivedAt);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(state()).toBe('live');
  await vi.advanceTimersByTimeAsync(1100);
  expect(getConnection()).toEqual({ state: 'delayed', since: receivedAt });
});

it('is offline where nothing answers, and back with the first word', async () => {
  const receivedAt = Date.now();
  probe.mockResolvedValue(false);
  monitor.received(receivedAt);
  await vi.advanceTimersByTimeAsync(22_000);
  expect(getConnection()).toEqual({ state: 'offline', since: receivedAt });
  expect(read).not.toHaveBeenCalled();
  expect(check).not.toHaveBeenCalled();
  probe.mockResolvedValue(true);
  await vi.advanceTimersByTimeAsync(6000);
  expect(state()).toBe('delayed');
  expect(check).toHaveBeenCalledOnce();
  monitor.received(Date.now());
  expect(state()).toBe('live');
});

it('asks again soon after a call that nothing answered', async () => {
  probe.mockResolvedValue(false);
  await vi.advanceTimersByTimeAsync(6100);
  expect(state()).toBe('offline');
  probe.mockResolvedValue(true);
  await vi.advanceTimersByTimeAsync(1500);
  expect(state()).toBe('delayed');
});

it('forgives a stream that breaks and is back within five seconds', async () => {
  monitor.received(Date.now());
  monitor.down();
  await vi.advanceTimersByTimeAsync(4000);
  monitor.received(Date.now());
  await vi.advanceTimersByTimeAsync(4000);
  expect(state()).toBe('live');
  monitor.down();
  await vi.advanceTimersByTimeAsync(6100);
  expect(state()).toBe('delayed');
});

it('knows at once after sleep that it heard nothing for long', async () => {
  monitor.received(Date.now());
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(state()).toBe('delayed');
  expect(check).toHaveBeenCalled();
  expect(read).toHaveBeenCalled();
});

it('sees silence also where the clock was put back meanwhile', async () => {
  monitor.received(Date.now());
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(22_000);
  expect(state()).toBe('delayed');
});

it('looks at once when it comes to the front, and reads at once where it is not live', async () => {
  monitor.received(Date.now());
  monitor.recheck();
  expect(check).toHaveBeenCalledOnce();
  expect(probe).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(21_100);
  const tried = probe.mock.calls.length;
  monitor.recheck();
  expect(probe).toHaveBeenCalledTimes(tried + 1);
});

it('believes the browser that there is no network where nothing answers, and only then', async () => {
  monitor.received(Date.now());
  monitor.lostNetwork();
  await vi.advanceTimersByTimeAsync(10);
  expect(state()).toBe('live');
  probe.mockResolvedValue(false);
  monitor.lostNetwork();
  await vi.advanceTimersByTimeAsync(10);
  expect(state()).toBe('offline');
  monitor.received(Date.now());
  expect(state()).toBe('offline');
  probe.mockResolvedValue(true);
  await vi.advanceTimersByTimeAsync(6000);
  monitor.received(Date.now());
  expect(state()).toBe('live');
});

it('reads nothing in a hidden page', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(probe).not.toHaveBeenCalled();
  hidden.mockRestore();
});
