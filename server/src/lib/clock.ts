export type Clock = {
  /** Milliseconds since the Unix epoch. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
