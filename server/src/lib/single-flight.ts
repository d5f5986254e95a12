/** One piece of work of which never two rounds run at a time. */
export type SingleFlight = {
  /** Begins a round, or joins the one under way. Resolves when it is over; never rejects. */
  run(): Promise<void>;
  /**
   * For what changed just now: where a round is under way, another follows it at once, one for all who ask meanwhile.
   * Resolves when a round that began after the call is over; never rejects.
   */
  again(): Promise<void>;
  /** Resolves when no round is under way or to follow. */
  settled(): Promise<void>;
};

/** `onError` hears of a round that failed; the next one is a fresh try. */
export function singleFlight(work: () => Promise<unknown>, onError: (error: unknown) => void): SingleFlight {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const run = (): Promise<void> => {
    running ??= work()
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
