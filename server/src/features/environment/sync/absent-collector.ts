import type { UpstreamHealth } from '../../../upstream/health.ts';
import type { Collector } from './collector.ts';
import { createSnapshotStore } from './snapshot.ts';

/** Used where no token is configured: an empty environment whose freshness says why. */
export function createAbsentCollector(health: Pick<UpstreamHealth, 'freshness'>): Collector {
  const { snapshot } = createSnapshotStore(() => undefined);
  return {
    snapshot,
    complete: false,
    allAnswered: false,
    know: () => undefined,
    freshness: () => health.freshness(),
    onChange: () => () => undefined,
    refreshInstances: () => undefined,
    notificationsConnected: false,
    onNotification: () => () => {},
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}
