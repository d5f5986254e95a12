import type { SignInTry } from '../../store/sign-in-tries.ts';

const MINUTE_MS = 60_000;
const WINDOW_MS = 15 * MINUTE_MS;

/** What refused tries of one kind cost: `waits[n]` after one more than `free` + n, the last of them from then on. */
export type Pace = { free: number; waits: readonly number[]; keptMs: number };

const slower = [2_000, 5_000, 15_000, 60_000];

/**
 * - `own`: a name from one address, or from a device of theirs: ten tries, then a quarter of an hour.
 * - `address`: whatever the name; an office may stand behind one address.
 * - `name`: from addresses and devices they never used.
 * - `total`: all strangers together. The upstream's check is a password oracle without a limit (Cycle internal API, VPN
 * login), so its calls are limited here.
 *
 * Beyond the last three, tries go one at a time, so that nobody can use them up for good.
 */
export const paces = {
  own: { free: 6, waits: [...slower, WINDOW_MS], keptMs: WINDOW_MS },
  address: { free: 100, waits: [10_000], keptMs: WINDOW_MS },
  name: { free: 30, waits: [20_000], keptMs: 60 * MINUTE_MS },
  total: { free: 1_000, waits: [1_000], keptMs: WINDOW_MS },
  /** Sign-ins begun at the provider from one address and not ended by a session, and answers that led to none. */
  providerStart: { free: 100, waits: [10_000], keptMs: WINDOW_MS },
  providerAnswer: { free: 30, waits: [10_000], keptMs: WINDOW_MS },
  /** The break-glass admin must get in soon whatever others try; a long password makes up for it. */
  emergencyOwn: { free: 6, waits: slower, keptMs: WINDOW_MS },
  emergencyTotal: { free: 100, waits: [1_000], keptMs: WINDOW_MS },
} as const satisfies Record<string, Pace>;

/** How long the next try has to wait; 0: not at all. */
export function waitOf({ blocked_until: until }: SignInTry, now: number): number {
  return Math.max(0, until - now);
}

/** Counts one more. The pause grows with the count and ends what was counted only when nothing came for `keptMs`. */
export function counted({ free, waits, keptMs }: Pace, row: SignInTry, now: number): SignInTry {
  const count = (row.expires_at > now ? row.count : 0) + 1;
  const wait = count < free ? 0 : (waits[Math.min(count - free, waits.length - 1)] ?? 0);
  return { key: row.key, count, blocked_until: now + wait, expires_at: now + Math.max(keptMs, wait) };
}

/** Takes one try back that was no refusal. Its pause ends too, unless a later try has set another. */
export function takenBack(row: SignInTry, blockedUntil: number): SignInTry {
  const isOurs = row.blocked_until === blockedUntil;
  return {
    ...row,
    count: Math.max(0, row.count - 1),
    blocked_until: isOurs ? 0 : row.blocked_until,
  };
}
