import type { Logger } from './lib/logger.ts';

export type ShutdownStep = { name: string; run: (why: string) => Promise<void> | void };

type Options = {
  steps: readonly ShutdownStep[];
  logger: Logger;
  exit: (code: number) => void;
  /** After this long the process exits, whatever still hangs. */
  forceAfterMs?: number;
};

export function createShutdown({
  steps,
  logger,
  exit,
  forceAfterMs = 10_000,
}: Options): (why: string) => Promise<void> {
  let running: Promise<void> | undefined;

  const run = async (why: string): Promise<void> => {
    logger.info({ why }, 'shutting down');
    const force = setTimeout(() => {
      logger.error({ forceAfterMs }, 'the shutdown took too long and was forced');
      exit(1);
    }, forceAfterMs);
    let code = 0;
    for (const step of steps) {
      try {
        await step.run(why);
      } catch (error) {
        code = 1;
        logger.error({ err: error, step: step.name }, 'a step of the shutdown failed');
      }
    }
    clearTimeout(force);
    exit(code);
  };

  return (why) => (running ??= run(why));
}

/** On SIGTERM and SIGINT; exits 1 on an uncaught failure, since its effects are unknown. */
export function handleSignals(
  target: NodeJS.EventEmitter,
  {
    shutdown,
    logger,
    exit,
  }: { shutdown: (why: string) => Promise<void>; logger: Logger; exit: (code: number) => void },
): void {
  for (const signal of ['SIGTERM', 'SIGINT']) target.on(signal, () => void shutdown(signal));
  for (const event of ['unhandledRejection', 'uncaughtException']) {
    target.on(event, (error: unknown) => {
      logger.error({ err: error, event }, 'uncaught failure');
      exit(1);
    });
  }
}
