import type { EnvironmentSettings } from '@cyclorama/shared/settings.ts';

import { UpstreamError } from '../../lib/errors.ts';
import type { Requester } from '../http.ts';
import type { createCycleReads } from './reads.ts';
import { unlessForbidden } from './scope.ts';
import { toSettings } from './to-settings.ts';
import type * as domain from './types.ts';
import * as settingsWire from './wire-settings.ts';
import * as wire from './wire.ts';

type Parts = Pick<ReturnType<typeof createCycleReads>, 'readOne'> & { http: Requester };

/** A person waits for it, or a program that has more to send. */
const SEND_TIMEOUT_MS = 10_000;

/** What the environment holds besides its containers and what they run on. */
export function createEnvironmentCalls({ http, readOne }: Parts) {
  const send = async (path: string, json: unknown): Promise<void> => {
    await http.write('POST', path, { json, timeoutMs: SEND_TIMEOUT_MS });
  };

  return {
    /**
     * `GET /v1/environment/scoped-variables`: only those whose scope covers this container, by identifier. One with a
     * duration is absent once its instance has run that long; one whose URL could not be fetched is empty (Cycle docs,
     * "Scoped Variables"). All values are secrets.
     */
    scopedVariables: (): Promise<domain.CycleScopedVariable[]> =>
      unlessForbidden('the scoped variables', 'environment', () =>
        readOne('/v1/environment/scoped-variables', wire.scopedVariables, (it) =>
          Object.entries(it).map(([name, value]) => ({ name, value })),
        ),
      ),

    /** `GET /v1/environment`: how it is set up, without the scheduler's access keys and other secrets. */
    settings: (): Promise<Omit<EnvironmentSettings, 'freshness'>> =>
      unlessForbidden('the settings', 'environment', () =>
        readOne('/v1/environment', settingsWire.settings, toSettings),
      ),

    /** `GET /v1/object-cache`: null where nothing is kept under this key, or no longer. */
    async cacheEntry(scope: string, key: string): Promise<domain.CycleCacheEntry | null> {
      try {
        return await readOne(
          '/v1/object-cache',
          wire.cacheEntry,
          (it) => ({ ...it, expires: it.expires ?? '' }),
          {
            query: { scope, key },
            key: null,
          },
        );
      } catch (error) {
        if (error instanceof UpstreamError && error.detail.status === 404) return null;
        throw error;
      }
    },

    /** `POST /v1/object-cache`: answers `{data: null}`. `expires` is a lifetime, as `15m`. */
    putCacheEntry: (entry: domain.CycleCacheEntry): Promise<void> => send('/v1/object-cache', entry),

    /** `POST /v1/monitoring/metrics`: whole numbers only. Answers `true`; what became of them it does not say. */
    sendMetrics: (metrics: readonly unknown[]): Promise<void> => send('/v1/monitoring/metrics', metrics),

    /** `POST /v1/monitoring/events`, as above. */
    sendEvents: (events: readonly unknown[]): Promise<void> => send('/v1/monitoring/events', events),

    /** `POST /v1/environment/services/lb/telemetry/snapshots`: by the identifier of a controller. */
    sendSnapshots: (snapshots: Record<string, unknown>): Promise<void> =>
      unlessForbidden('the load balancer', 'environment', () =>
        send('/v1/environment/services/lb/telemetry/snapshots', snapshots),
      ),
  };
}
