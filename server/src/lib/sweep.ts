/** Removes from the store what is older than it is kept, in small transactions. */
export type Sweep = {
  /** For the log: what could not be removed. */
  what: string;
  /** `now`: epoch milliseconds. Ends early, between two transactions, once `isWanted` is false. */
  run(now: number, isWanted: () => boolean): Promise<void>;
};
