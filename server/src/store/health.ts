import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Engine } from './engine.ts';
import { storeFaultOf } from './faults.ts';
import type { StoreFault } from './faults.ts';

const RETRY_MS = 5_000;

export type StoreHealth = {
  /** Null while the store can be used. */
  readonly fault: StoreFault | null;
  onChange(listener: (fault: StoreFault | null) => void): void;
};

export type StoreWatch = StoreHealth & {
  /** Returns what to throw: an AppError `store-unavailable`, or the error itself where the store is not at fault. */
  explain: (error: unknown) => unknown;
  /** `check` runs at intervals while the store works, `probe` after a failure until it succeeds. */
  probeWith(probe: () => Promise<void>, check: () => Promise<void>): void;
  stop(): void;
};

export function storeUnavailable({ message, hint }: StoreFault, cause?: unknown): AppError {
  return new AppError('store-unavailable', `${message} Nothing can be changed until it is fixed.`, {
    hint: `${hint} It then continues by itself.`,
    retryAfterSeconds: RETRY_MS / 1000,
    cause,
  });
}

/** Logs one line when the store fails and one when it works again, with the number of failures. */
export function createStoreWatch(
  engine: Engine,
  logger: Pick<Logger, 'warn'>,
  retryMs = RETRY_MS,
): StoreWatch {
  const listeners: ((fault: StoreFault | null) => void)[] = [];
  let fault: StoreFault | null = null;
  let since = 0;
  let failures = 0;
  let probe: (() => Promise<void>) | undefined;
  let checkTimer: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;

  const change = (next: StoreFault | null): void => {
    fault = next;
    for (const listener of listeners) listener(fault);
  };

  const tryAgain = async (): Promise<void> => {
    try {
      await probe?.();
    } catch {
      retry();
      return;
    }
    const seconds = Math.round((performance.now() - since) / 1000);
    logger.warn({ failures, seconds }, 'the store works again');
    change(null);
  };
  const retry = (): void => {
    timer = setTimeout(() => void tryAgain(), retryMs).unref();
  };

  const explain = (error: unknown): unknown => {
    const found = storeFaultOf(error, engine);
    if (found === null) return error;
    failures += 1;
    if (fault?.kind !== found.kind) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ fault: found.kind, reason }, found.message);
      if (fault === null) {
        since = performance.now();
        failures = 1;
        if (probe !== undefined) retry();
      }
      change(found);
    }
    return storeUnavailable(found, error);
  };

  return {
    get fault() {
      return fault;
    },
    onChange: (listener) => void listeners.push(listener),
    explain,
    probeWith(run, check) {
      probe = run;
      checkTimer = setInterval(() => {
        if (fault === null) check().catch(explain);
      }, retryMs).unref();
    },
    stop() {
      clearTimeout(timer);
      clearInterval(checkTimer);
      probe = undefined;
    },
  };
}
