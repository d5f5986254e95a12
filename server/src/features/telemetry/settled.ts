import type { Clock } from '../../lib/clock.ts';
import type { Grid } from './resample.ts';
import type { Rings } from './rings.ts';

/** A value older than this many polls is not current. */
const FRESH_POLLS = 6;
/** An instance of a server that reports is waited for as long as this many of its intervals; then it has stopped. */
const DUE_INTERVALS = 2.5;

export type Settled = (members: Iterable<{ id: string; serverId: string }>) => number;

type Deps = {
  rings: Pick<Rings, 'get'>;
  clock: Clock;
  pollMs: number;
  intervalMs: (instanceId: string) => number;
  /** The newest sample known to have come of a server, also before this process began or to another replica. */
  newestOf: (serverId: string) => number | null;
};

/**
 * Up to when all that report lately have told, epoch milliseconds: from there on a sum would be of fewer and look like a
 * fall. A server is waited for while its newest sample counts as current. Infinite where nobody is waited for.
 */
export function createSettled({ rings, clock, pollMs, intervalMs, newestOf }: Deps): Settled {
  return (members) => {
    const since = freshSince(clock.now(), pollMs);
    const servers = new Map<string, { newest: number; each: { at: number; dueMs: number }[] }>();
    for (const { id, serverId } of members) {
      let server = servers.get(serverId);
      if (server === undefined) {
        server = { newest: newestOf(serverId) ?? 0, each: [] };
        servers.set(serverId, server);
      }
      const at = rings.get(id)?.newest ?? null;
      if (at === null || at <= since) continue;
      server.newest = Math.max(server.newest, at);
      server.each.push({ at, dueMs: DUE_INTERVALS * intervalMs(id) });
    }
    let settled = Number.POSITIVE_INFINITY;
    for (const { newest, each } of servers.values()) {
      if (newest <= since) continue;
      // Others of its instances were sampled before the newest, by up to an interval.
      if (each.length === 0) settled = Math.min(settled, newest - pollMs);
      for (const { at, dueMs } of each) if (at > newest - dueMs) settled = Math.min(settled, at);
    }
    return settled;
  };
}

export const freshSince = (now: number, pollMs: number): number => now - FRESH_POLLS * pollMs;

/** How many buckets begin before `settledTo`. */
export function settledCount({ start, stepMs, count }: Grid, settledTo: number): number {
  return Math.max(0, Math.min(count, Math.ceil((settledTo - start) / stepMs)));
}
