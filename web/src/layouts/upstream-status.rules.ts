import type { Freshness, UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

import type { Connection } from '../api/connection.ts';
import { parseTime } from '../lib/time.ts';

type Shown = Freshness['state'] | 'no-token' | 'refused';
export type Upstream = Pick<UpstreamStatus, 'name' | 'state' | 'credentials'>;

const URGENCY: Shown[] = ['no-token', 'refused', 'unavailable', 'stale', 'live', 'unconfigured'];

/** Each upstream's own name for its credential. */
export const KEYS: Record<UpstreamName, string> = {
  cycle: 'token',
  scheduler: 'access key',
  rerobots: 'token',
  platform: 'API key',
};

/**
 * Bad credentials come before the failures they cause. An upstream that was never configured is `unconfigured`, not a
 * fault; except Cycle, without which there is no dashboard.
 */
export function shownState({ name, state, credentials }: Upstream): Shown {
  if (credentials === 'refused') return 'refused';
  const isNeeded = credentials === 'missing' || name === 'cycle';
  return state === 'unconfigured' && isNeeded ? 'no-token' : state;
}

/** The worst of those that are configured or must be. */
function worstState(upstreams: readonly Upstream[]): Shown {
  const states = upstreams.map(shownState);
  return URGENCY.find((state) => states.includes(state)) ?? 'unconfigured';
}

const NAMES: Record<UpstreamName, string> = {
  cycle: 'Cycle',
  scheduler: 'scheduler',
  rerobots: 'rerobots',
  platform: 'public API',
};

export type Summary = {
  state: Shown | Connection['state'];
  text: string;
  /** Epoch milliseconds of the server's clock. */
  since: number | null;
};

/**
 * The page's connection comes first: without it nothing is known of the upstreams. `connection.since` is on the
 * server's clock.
 */
export function summary(connection: Connection, upstreams: readonly UpstreamStatus[] | undefined): Summary {
  const { state, since } = connection;
  if (state === 'offline') return { state, text: 'Offline', since };
  if (state === 'delayed') return { state, text: 'Delayed: updates', since };
  if (state === 'connecting' || upstreams === undefined) {
    return { state: 'connecting', text: 'Connecting', since: null };
  }
  const used = upstreams.filter((upstream) => shownState(upstream) !== 'unconfigured');
  if (used.length === 0) return { state: 'unconfigured', text: 'No upstream configured', since: null };
  const down = used.filter((upstream) => shownState(upstream) !== 'live');
  const [only] = down;
  if (only === undefined) return { state: 'live', text: 'Live', since: null };
  const worst = worstState(down);
  const times = down.map(({ failingSince }) => parseTime(failingSince)).filter((time) => time !== null);
  const oldest = times.length === 0 ? null : Math.min(...times);
  if (down.length > 1) {
    return { state: worst, text: `Delayed: ${down.length} of ${used.length} upstreams`, since: oldest };
  }
  const fault = keyFault(only);
  if (fault !== null) return { state: worst, text: `${NAMES[only.name]}: ${fault}`, since: null };
  return { state: worst, text: `Delayed: ${NAMES[only.name]}`, since: oldest };
}

export function keyFault(upstream: Upstream): string | null {
  const state = shownState(upstream);
  if (state === 'no-token') return `${KEYS[upstream.name]} missing`;
  return state === 'refused' ? `${KEYS[upstream.name]} refused` : null;
}
