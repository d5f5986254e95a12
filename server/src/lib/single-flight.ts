/** SingleFlight of one piece of work that never overlap. */
export type SingleFlight = {
  /** Begins a round, or joins the one under way. Resolves when it is over; never rejects. */
  run(): Promise<void>;
  /** Resolves when no round is under way any more. */
  settled(): Promise<void>;
};

/** `onError` hears of a round that failed; the next one is a fresh try. */
export function singleFlight(work: () => Promise<unknown>, onError: (error: unknown) => void): SingleFlight {
  let turning: Promise<void> | null = null;
  return {
    run() {
      turning ??= work()
        .then(() => undefined, onError)
        .finally(() => {
          turning = null;
        });
      return turning;
    },
    async settled() {
      await turning;
    },
  };
}
