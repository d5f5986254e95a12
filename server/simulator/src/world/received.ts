/** What was sent to the platform's monitoring, for tests: the platform itself says only that it took it. */
export type Received = { metrics: unknown[]; events: unknown[]; snapshots: Record<string, unknown>[] };

const KEPT = 100;

export function createReceived(): Received {
  return { metrics: [], events: [], snapshots: [] };
}

export function keep<T>(kept: T[], ...items: T[]): void {
  kept.push(...items);
  if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
}
