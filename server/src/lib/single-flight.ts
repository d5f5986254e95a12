/** Rounds of one piece of work that never overlap. */
export type Rounds = {
  /** Begins a round, or joins the one under way. Resolves when it is over; never rejects. */
  run(): Promise<void>;
  /** Resolves when no round is under way any more. */
  settled(): Promise<void>;
};

/** `told` hears of a round that failed; the next one is a fresh try. */
export function oneAtATime(work: () => Promise<unknown>, told: (error: unknown) => void): Rounds {
  let turning: Promise<void> | null = null;
  return {
    run() {
      turning ??= work()
        .then(() => undefined, told)
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
