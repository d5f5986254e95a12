import { backoffMs } from '@cyclorama/shared/backoff.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import { CYCLE_LABEL } from '../../../upstream/cycle/reads.ts';

const readWaits = { firstMs: 1_000, longestMs: 5_000 };
const refusedWaits = { firstMs: 1_000, longestMs: 10_000 };
/** Shared by all resources: the rate limit is the upstream's, not one resource's. */
const throttleWaits = { firstMs: 2_000, longestMs: 60_000 };

/** A read longer than this, and than three times the usual, counts as failing until it ends. */
const OVERDUE_MS = 2_500;
/** Applies until the first read has ended. */
const FIRST_OVERDUE_MS = 10_000;

/** `until`: when the next read may begin. */
export type Throttle = { until: number; waits: number };

export function createThrottle(): Throttle {
  return { until: 0, waits: 0 };
}

export type Refresher = {
  readonly name: string;
  /** Requests a read within `delayMs`; requests made meanwhile share it. */
  ask(delayMs?: number): void;
  /** Start of the last successful read, epoch milliseconds. */
  readonly readAt: number | null;
  /** Null while reads succeed. */
  readonly failingSince: number | null;
  /** Error of the last read, or that it is overdue; null while reads work. */
  readonly fault: unknown;
  stop(): Promise<void>;
};

type Options = {
  name: string;
  read: () => Promise<void>;
  clock: Clock;
  throttle: Throttle;
  /** Least time between the starts of two reads; called before each. */
  gapMs: () => number;
  /** 0 ≤ n < 1, for the jitter of retries. */
  random: () => number;
  /** Called after each read, successful or not. */
  onSettled: (error: unknown) => void;
  /** A read has become overdue. */
  onOverdue?: () => void;
};

/** Single flight: requests during a read are coalesced, failures are retried with growing waits. */
export function createRefresher({
  name,
  read,
  clock,
  throttle,
  gapMs,
  random,
  onSettled,
  onOverdue,
}: Options): Refresher {
  let due: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;
  let lastStart = Number.NEGATIVE_INFINITY;
  let readAt: number | null = null;
  let failingSince: number | null = null;
  let fault: unknown = null;
  /** Longest of the recent reads, decaying. */
  let usualMs: number | null = null;
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
    const tookMs = clock.now() - startedAt;
    // A clock set during a read must not raise the limit for ever.
    usualMs = Math.min(Math.max(tookMs, (usualMs ?? 0) * 0.9), FIRST_OVERDUE_MS);
    failingSince = null;
    fault = null;
    failures = 0;
    notBefore = 0;
    if (clock.now() >= throttle.until) throttle.waits = 0;
  };

  const failed = (error: unknown): void => {
    const now = clock.now();
    failingSince ??= now;
    fault = error;
    if (error instanceof UpstreamError && error.fault === 'rate-limited') {
      const told = (error.detail.retryAfterSeconds ?? 0) * 1000;
      const wait = Math.max(told, backoffMs(throttle.waits + 1, { ...throttleWaits, random }));
      // Resources refused together count as one refusal.
      if (now >= throttle.until) throttle.waits += 1;
      throttle.until = Math.max(throttle.until, now + wait);
    }
    failures += 1;
    const refused = error instanceof UpstreamError && error.fault === 'refused';
    notBefore = now + backoffMs(failures, { ...(refused ? refusedWaits : readWaits), random });
    due = Math.min(due ?? Number.POSITIVE_INFINITY, notBefore);
  };

  const watchOverdue = (): { clear(): void } => {
    let over = false;
    const mark = (): void => {
      if (over || stopped) return;
      failingSince ??= clock.now();
      fault = new UpstreamError('cycle', 'timeout', `${CYCLE_LABEL} does not answer in time.`);
      onOverdue?.();
    };
    const limit = usualMs === null ? FIRST_OVERDUE_MS : Math.max(OVERDUE_MS, usualMs * 3);
    // If this process was busy, the answer may be waiting already: it is handled first.
    const waiting = setTimeout(() => setImmediate(mark), limit);
    return {
      clear() {
        over = true;
        clearTimeout(waiting);
      },
    };
  };

  const settle = async (startedAt: number): Promise<void> => {
    const overdue = watchOverdue();
    try {
      await read();
    } catch (error) {
      failed(error);
      onSettled(error);
      return;
    } finally {
      overdue.clear();
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
    get fault() {
      return fault;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
