import { outsideRequests } from './request-context.ts';

export type SingleFlight = {
  /** Starts a round or joins the one in flight. Resolves when it is over; never rejects. */
  run(): Promise<void>;
  /**
   * For a change just made: a round in flight is followed by one more, shared by all who ask meanwhile. Resolves when a
   * round that began after the call is over; never rejects.
   */
  again(): Promise<void>;
  /** Resolves when no round is in flight or pending. */
  settled(): Promise<void>;
};

/** `onError` is called when a round fails; the next one starts afresh. A round belongs to no request. */
export function singleFlight(work: () => Promise<unknown>, onError: (error: unknown) => void): SingleFlight {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const run = (): Promise<void> => {
    running ??= outsideRequests(work)
      .then(() => undefined, onError)
      .finally(() => {
        running = null;
      });
    return running;
  };

  const settled = async (): Promise<void> => {
    const last = next ?? running;
    if (last === null) return;
    await last;
    await settled();
  };

  return {
    run,
    again() {
      if (running === null) return run();
      next ??= running.then(() => {
        next = null;
        return run();
      });
      return next;
    },
    settled,
  };
}
