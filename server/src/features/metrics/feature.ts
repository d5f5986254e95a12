import type { FeatureOffering } from '../../http/feature.ts';
import { storeSize } from '../../store/size.ts';
import type { FeatureContext } from '../context.ts';
import type { InstanceSources } from './instances.ts';
import { metricsOperations, metricsRouter } from './routes.ts';
import { createMetricsService } from './service.ts';
import type { MetricsService } from './service.ts';
import type { StateSources } from './state.ts';

type Needs = Pick<StateSources, 'upstreams' | 'collectors' | 'numbers'> & {
  onCall: Parameters<typeof createMetricsService>[0]['onCall'];
  instances: InstanceSources;
};
/** Null where no METRICS_TOKEN is set: nothing is counted then. */
type Offers = { noteRequest: MetricsService['noteRequest'] | null };

export function metricsFeature(
  { config, version, singleProcess, hub, leader, storeHealth, clock }: FeatureContext,
  { instances, onCall, ...needs }: Needs,
): FeatureOffering<Offers> {
  const { token, instances: withInstances } = config.metrics;
  const state: StateSources = {
    ...needs,
    version,
    engine: singleProcess ? 'sqlite' : 'postgres',
    streams: () => ({ open: hub.watchers, people: hub.people.size }),
    isLeader: () => leader.isLeader(),
    storeWorks: () => storeHealth.fault === null,
    storeSize: async () => (singleProcess ? await storeSize(config.dataDir) : null),
  };
  const metrics =
    token === null
      ? null
      : createMetricsService({ state, onCall, instances: withInstances ? instances : null });
  return {
    services: metrics === null ? [] : [metrics],
    storelessRouters: [() => metricsRouter({ metrics, token, clock })],
    routerOperations: metricsOperations,
    offers: { noteRequest: metrics === null ? null : (made) => metrics.noteRequest(made) },
  };
}
