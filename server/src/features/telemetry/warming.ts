import type { Logger } from '../../lib/logger.ts';
import type { Rings } from './rings.ts';

/** Between two loads, so that others have their turn; and while there is nothing to load. */
const NEXT_MS = 20;
const IDLE_MS = 5_000;

type Deps = { rings: Pick<Rings, 'warmNext' | 'trim'>; logger: Pick<Logger, 'error'>; nextMs?: number };

/**
 * After a start, loads the newest hours of what is measured here, one instance after the other, so that whoever looks
 * first need not wait for it; and keeps memory within its bound.
 */
export function createWarming({ rings, logger, nextMs = NEXT_MS }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;

  const round = async (): Promise<void> => {
    let wait = IDLE_MS;
    try {
      rings.trim();
      if (await rings.warmNext()) wait = nextMs;
    } catch (error) {
      logger.error({ err: error }, 'newest telemetry could not be loaded; it is tried again');
    }
    if (!stopped) schedule(wait);
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      running = round();
    }, delayMs);
  };

  return {
    start(): void {
      if (!stopped) return;
      stopped = false;
      schedule(nextMs);
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
