import { CONSOLE_WAIT_MS } from '@cyclorama/shared/output.ts';
import type { ConsoleResponse } from '@cyclorama/shared/output.ts';

import { AppError } from '../../../lib/errors.ts';
import type { PlatformClient } from '../../../upstream/cycle-platform/client.ts';
import { createConsoleStream } from './stream.ts';
import type { ConsoleStream } from './stream.ts';

/** Nobody has asked for so long: nobody looks any more. */
const IDLE_MS = 20_000;
/** What comes at once is sent at once. */
const GATHER_MS = 120;
const MOST_OPEN = 20;

export type ConsoleDeps = {
  platform: Pick<PlatformClient, 'consoleAddress' | 'isEncrypted'>;
  /** Of this environment; null where there is none of that id. */
  containerOf: (instanceId: string) => string | null;
  newId: () => string;
  idleMs?: number;
};

export type ConsoleService = ReturnType<typeof createConsoleService>;

type Open = { stream: ConsoleStream; asking: number; idle?: NodeJS.Timeout; wake: Set<() => void> };

/** Consoles are open only while somebody looks, each once for all who do. */
export function createConsoleService({ platform, containerOf, newId, idleMs = IDLE_MS }: ConsoleDeps) {
  const open = new Map<string, Open>();
  let stopped = false;

  const close = (instanceId: string): void => {
    open.get(instanceId)?.stream.stop();
    open.delete(instanceId);
  };

  const opened = (instanceId: string, containerId: string): Open => {
    const known = open.get(instanceId);
    if (known !== undefined) return known;
    if (open.size >= MOST_OPEN)
      throw new AppError('rate-limited', `${MOST_OPEN} consoles are open, the most at a time.`, {
        hint: 'Close one that nobody needs, then try again in half a minute.',
        retryAfterSeconds: 30,
      });
    const wake = new Set<() => void>();
    const stream = createConsoleStream({
      id: newId(),
      isEncrypted: platform.isEncrypted,
      authorize: async () => {
        const answer = await platform.consoleAddress(containerId, instanceId);
        if (answer.ok) return answer.value;
        throw answer.error;
      },
      onChange: () => wake.forEach((each) => each()),
    });
    const made: Open = { stream, asking: 0, wake };
    open.set(instanceId, made);
    return made;
  };

  const changed = ({ wake }: Open, withinMs: number): Promise<void> =>
    new Promise((resolve) => {
      let timer = setTimeout(done, withinMs);
      function done(): void {
        clearTimeout(timer);
        wake.delete(soon);
        resolve();
      }
      function soon(): void {
        clearTimeout(timer);
        timer = setTimeout(done, stopped ? 0 : GATHER_MS);
        wake.delete(soon);
      }
      wake.add(soon);
    });

  return {
    /**
     * What came after `after`; waits for it, but no longer than CONSOLE_WAIT_MS.
     * @throws AppError `not-found`, `rate-limited`; UpstreamError, where the API key lacks the capability with its name
     */
    async read(instanceId: string, after: string | undefined): Promise<ConsoleResponse> {
      const containerId = containerOf(instanceId);
      if (containerId === null) throw new AppError('not-found', 'There is no such instance.');
      if (stopped) throw new AppError('shutting-down', 'The dashboard is being stopped.');
      const console = opened(instanceId, containerId);
      console.asking += 1;
      clearTimeout(console.idle);
      try {
        const until = performance.now() + CONSOLE_WAIT_MS;
        for (;;) {
          const { isNews, answer } = console.stream.read(after);
          const left = until - performance.now();
          if (isNews || left <= 0 || stopped) return answer;
          await changed(console, left);
        }
      } finally {
        console.asking -= 1;
        if (console.asking === 0) console.idle = setTimeout(() => close(instanceId), idleMs);
      }
    },
    /** Answers those who wait. */
    endRequests(): void {
      stopped = true;
      for (const { wake } of open.values()) wake.forEach((each) => each());
    },
    stop(): Promise<void> {
      for (const [id, { idle }] of open) {
        clearTimeout(idle);
        close(id);
      }
      return Promise.resolve();
    },
  };
}
