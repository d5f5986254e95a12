/** The time as a parameter, so that tests are exact. */
export type Clock = {
  /** Milliseconds since the Unix epoch. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };

/** RFC 3339 in UTC. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
