import type { Freshness, UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

import type { Connection } from '../api/connection.ts';
import { parseTime } from '../lib/time.ts';

type Shown = Freshness['state'] | 'no-token' | 'refused';
type Upstream = Pick<UpstreamStatus, 'name' | 'state' | 'credentials'>;

const URGENCY: Shown[] = ['no-token', 'refused', 'unavailable', 'stale', 'live', 'unconfigured'];

/** What each upstream calls what the dashboard proves itself with. */
const KEYS: Record<UpstreamName, string> = {
  cycle: 'token',
  scheduler: 'access key',
  rerobots: 'token',
  platform: 'API key',
};

/**
 * The state to show: what is wrong with the credentials comes before what follows from it. An upstream that was never
 * configured is `unconfigured`, which is no fault; but without Cycle there is no dashboard.
 */
export function shownState({ name, state, credentials }: Upstream): Shown {
  if (credentials === 'refused') return 'refused';
  const isNeeded = credentials === 'missing' || name === 'cycle';
  return state === 'unconfigured' && isNeeded ? 'no-token' : state;
}

/** The state that stands for all: the worst of those that are, or ought to be, configured. */
function worstState(upstreams: readonly Upstream[]): Shown {
  const states = upstreams.map(shownState);
  return URGENCY.find((state) => states.includes(state)) ?? 'unconfigured';
}

/** What the top bar calls each upstream. */
const NAMES: Record<UpstreamName, string> = {
  cycle: 'Cycle',
  scheduler: 'scheduler',
  rerobots: 'rerobots',
  platform: 'public API',
};

/** The state of everything in a word: what is wrong, whose fault it is and, where known, since when. */
export type Summary = {
  state: Shown | Connection['state'];
  text: string;
  /** Epoch milliseconds of the server's clock. */
  since: number | null;
};

/**
 * One word for the page's own connection and all upstreams. Without the connection nothing is known of the upstreams,
 * so it comes first; one that was never configured is no fault. `connection.since` is on the server's clock.
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

function keyFault(upstream: Upstream): string | null {
  const state = shownState(upstream);
  if (state === 'no-token') return `${KEYS[upstream.name]} missing`;
  return state === 'refused' ? `${KEYS[upstream.name]} refused` : null;
}

/**
 * What mends an upstream whose key is gone or refused: the page where an admin sets it, or a sentence; null where the
 * key is not at fault.
 */
export function remedyOf(upstream: Upstream): { page: '/robots/account' } | { text: string } | null {
  if (keyFault(upstream) === null) return null;
  if (upstream.name === 'rerobots') return { page: '/robots/account' };
  // The names of the server's variables stay out of the page: anyone can read its code.
  return {
    text: `An administrator has to set another ${KEYS[upstream.name]} in the server’s configuration.`,
  };
}
