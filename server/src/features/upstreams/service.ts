import type { UpstreamName, UpstreamStatus } from '@cyclorama/shared/common.ts';

import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { CallMade, UpstreamHealth } from '../../upstream/health.ts';
import { createUpstreamHealth } from '../../upstream/health.ts';
import { upstreamLabels } from '../../upstream/labels.ts';

const QUIET_MS = 1_000;

export type UpstreamsService = {
  health: Record<UpstreamName, UpstreamHealth>;
  list(): UpstreamStatus[];
  /** Calls `listener` after each try to call an upstream. Returns how to stop. */
  onCall(listener: (made: CallMade) => void): () => void;
  stop(): Promise<void>;
};

type Deps = {
  configured: Record<UpstreamName, boolean>;
  clock: Clock;
  hub: Pick<EventHub, 'publish'>;
  quietMs?: number;
};

/** The list is pushed on a change, at most once in `quietMs`. */
export function createUpstreamsService({
  configured,
  clock,
  hub,
  quietMs = QUIET_MS,
}: Deps): UpstreamsService {
  let pending: NodeJS.Timeout | undefined;
  const onChange = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined;
      hub.publish({ type: 'upstreams', upstreams: list() });
    }, quietMs).unref();
  };
  const listeners = new Set<(made: CallMade) => void>();
  const keep = (name: UpstreamName): UpstreamHealth =>
    createUpstreamHealth({
      name,
      label: upstreamLabels[name],
      configured: configured[name],
      clock,
      onChange,
      onCall: (made) => listeners.forEach((listener) => listener(made)),
    });
  const health = {
    cycle: keep('cycle'),
    scheduler: keep('scheduler'),
    rerobots: keep('rerobots'),
    platform: keep('platform'),
  };
  const list = (): UpstreamStatus[] => Object.values(health).map((each) => each.status());
  return {
    health,
    list,
    onCall(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      clearTimeout(pending);
      return Promise.resolve();
    },
  };
}
