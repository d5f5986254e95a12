import type { Freshness, UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

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
export function worstState(upstreams: readonly Upstream[]): Shown {
  const states = upstreams.map(shownState);
  return URGENCY.find((state) => states.includes(state)) ?? 'unconfigured';
}

/** "Upstreams live"; what is wrong with the key of the only one that isn't; or how many are not. */
export function summary(upstreams: readonly UpstreamStatus[]): string {
  const used = upstreams.filter((upstream) => shownState(upstream) !== 'unconfigured');
  if (used.length === 0) return 'No upstream configured';
  const down = used.filter((upstream) => shownState(upstream) !== 'live');
  const [only] = down;
  if (only === undefined) return 'Upstreams live';
  const fault = down.length === 1 ? keyFault(only) : null;
  return fault === null ? `${down.length} of ${used.length} upstreams not live` : `${only.label}: ${fault}`;
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
