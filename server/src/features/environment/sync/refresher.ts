import { backoffMs } from '@cyclorama/shared/backoff.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';

const readWaits = { firstMs: 1_000, longestMs: 30_000 };
/** After a throttled answer every resource waits: the limit is the upstream's, not one resource's. */
const throttleWaits = { firstMs: 2_000, longestMs: 60_000 };

/** Shared by all refreshers of one upstream: until when nothing may be read. */
export type Throttle = { until: number; waits: number };

export function createThrottle(): Throttle {
  return { until: 0, waits: 0 };
}

export type Refresher = {
  readonly name: string;
  /** Asks for a read that begins within `delayMs`; asks between two reads are one. */
  ask(delayMs?: number): void;
  /** When the last good read began, epoch milliseconds. */
  readonly readAt: number | null;
  /** Since when reads fail; null while they work. */
  readonly failingSince: number | null;
  stop(): Promise<void>;
};

type Options = {
  name: string;
  /** Reads and keeps one resource; throws where it can't. */
  read: () => Promise<void>;
  clock: Clock;
  throttle: Throttle;
  /** The least time between the beginnings of two reads, asked for anew at each. */
  gapMs: () => number;
  /** 0 ≤ n < 1, for the jitter of repeated tries. */
  random: () => number;
  /** A read ended, well or not. */
  onSettled: (error: unknown) => void;
};

/** Keeps one resource fresh: never two reads at a time, asks coalesced, failures tried again after a growing wait. */
export function createRefresher({
  name,
  read,
  clock,
  throttle,
  gapMs,
  random,
  onSettled,
}: Options): Refresher {
  let due: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let readAt: number | null = null;
  let failingSince: number | null = null;
  let failures = 0;
  let notBefore = 0;

  const arm = (): void => {
    clearTimeout(timer);
    if (stopped || due === null || running !== null) return;
    const at = Math.max(due, lastStart + gapMs(), notBefore, throttle.until);
    timer = setTimeout(run, Math.max(0, at - clock.now()));
  };

  const succeeded = (startedAt: number): void => {
    readAt = startedAt;
    failingSince = null;
    failures = 0;
    notBefore = 0;
    if (clock.now() >= throttle.until) throttle.waits = 0;
  };

  const failed = (error: unknown): void => {
    const now = clock.now();
    failingSince ??= now;
    if (error instanceof UpstreamError && error.fault === 'rate-limited') {
      const told = (error.detail.retryAfterSeconds ?? 0) * 1000;
      const wait = Math.max(told, backoffMs(throttle.waits + 1, { ...throttleWaits, random }));
      // Several resources are refused together; they count as one refusal.
      if (now >= throttle.until) throttle.waits += 1;
      throttle.until = Math.max(throttle.until, now + wait);
    }
    failures += 1;
    notBefore = now + backoffMs(failures, { ...readWaits, random });
    due = Math.min(due ?? Number.POSITIVE_INFINITY, notBefore);
  };

  const settle = async (startedAt: number): Promise<void> => {
    try {
      await read();
    } catch (error) {
      failed(error);
      onSettled(error);
      return;
    }
    succeeded(startedAt);
    onSettled(null);
  };

  const run = (): void => {
    if (clock.now() < throttle.until) return arm();
    due = null;
    lastStart = clock.now();
    const startedAt = lastStart;
    running = settle(startedAt).finally(() => {
      running = null;
      arm();
    });
  };

  return {
    name,
    ask(delayMs = 0) {
      const at = clock.now() + delayMs;
      if (due !== null && due <= at) return;
      due = at;
      arm();
    },
    get readAt() {
      return readAt;
    },
    get failingSince() {
      return failingSince;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
