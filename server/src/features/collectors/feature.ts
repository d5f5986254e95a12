import type { FeatureOffering } from '../../http/feature.ts';
import { forgetCollectors } from '../../store/collectors.ts';
import { DAY_MS, KEPT_DAYS } from '../../store/retention/kept.ts';
import type { FeatureContext } from '../context.ts';
import { collectorRoutes, collectOperations, collectRouter } from './routes.ts';
import { createCollectorsService } from './service.ts';
import type { CollectorsDeps, CollectorsService } from './service.ts';

type Needs = Pick<CollectorsDeps, 'directory' | 'ingest' | 'ownReading'>;

export function collectorsFeature(
  { config, db, clock, logger, version }: FeatureContext,
  needs: Needs,
): FeatureOffering<Pick<CollectorsService, 'covers' | 'list' | 'newestOf'>> {
  const { secret } = config.collect;
  const instanceId = config.cycle.instanceId ?? '';
  const collectors = createCollectorsService({ db, clock, logger, version, instanceId, secret, ...needs });
  return {
    services: [collectors],
    sweeps: [{ what: 'collectors', run: (now) => forgetCollectors(db, now - KEPT_DAYS.collectors * DAY_MS) }],
    routers: [() => collectRouter(collectors, secret)],
    routerOperations: collectOperations,
    routes: collectorRoutes(collectors),
    offers: collectors,
  };
}
