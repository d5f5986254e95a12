import type { Freshness, UpstreamStatus } from '@cyclorama/shared/common.ts';

const URGENCY: Freshness['state'][] = ['unavailable', 'stale', 'live', 'unconfigured'];

/** The state that stands for all: the worst of those that are configured. */
export function worstState(upstreams: readonly UpstreamStatus[]): Freshness['state'] {
  return URGENCY.find((state) => upstreams.some((upstream) => upstream.state === state)) ?? 'unconfigured';
}

/** "All live", or how many of the configured ones are not. */
export function summary(upstreams: readonly UpstreamStatus[]): string {
  const configured = upstreams.filter(({ state }) => state !== 'unconfigured');
  const down = configured.filter(({ state }) => state !== 'live').length;
  return down === 0 ? 'Upstreams live' : `${down} of ${configured.length} upstreams not live`;
}
