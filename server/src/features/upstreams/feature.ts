import type { Config } from '../../config.ts';
import type { FeatureOffering } from '../../http/feature.ts';
import { createCycleClient } from '../../upstream/cycle/client.ts';
import type { BaseContext, FeatureContext } from '../context.ts';
import { upstreamsRoutes } from './routes.ts';
import { createUpstreamsService } from './service.ts';
import type { UpstreamsService } from './service.ts';

type Offers = Pick<FeatureContext, 'health' | 'cycle'> & Pick<UpstreamsService, 'list' | 'onCall'>;

export function upstreamsFeature({ config, clock, hub, logger }: BaseContext): FeatureOffering<Offers> {
  const upstreams = createUpstreamsService({ configured: configuredUpstreams(config), clock, hub });
  const { health } = upstreams;
  const { token, socketPath } = config.cycle;
  const cycle =
    token === null ? null : createCycleClient({ socketPath, token, health: health.cycle, logger });
  return {
    services: [upstreams, { stop: async () => cycle?.close() }],
    routes: upstreamsRoutes(upstreams),
    offers: { health, cycle, list: () => upstreams.list(), onCall: (listener) => upstreams.onCall(listener) },
  };
}

function configuredUpstreams({ cycle, scheduler, rerobots, platform }: Config) {
  return {
    cycle: cycle.token !== null,
    scheduler: scheduler.accessKey !== null,
    rerobots: rerobots.token !== null,
    platform: platform.apiKey !== null && platform.hubId !== null,
  };
}
