import type { FeatureOffering } from '../../http/feature.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import type { FeatureContext } from '../context.ts';
import { createKeeper } from './keeper.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetryService } from './service.ts';
import type { TelemetryDirectory, TelemetryService } from './service.ts';

type Needs = {
  directory: TelemetryDirectory;
  collectors: { covers(serverId: string): boolean };
};

export function telemetryFeature(
  { cycle, health, ...context }: FeatureContext,
  needs: Needs,
): FeatureOffering<Pick<TelemetryService, 'ingest' | 'instance' | 'latest' | 'ownReading'>> {
  const { logger, leader, singleProcess, config } = context;
  const onDamaged: OnDamaged = (fault, instanceId, tier, start) =>
    logger.error({ err: fault, instanceId, tier, start }, 'a block of telemetry can not be read');
  const telemetry = createTelemetryService({
    ...context,
    client: cycle,
    health: health.cycle,
    onDamaged,
    ...needs,
  });
  const keeper = createKeeper({
    ...context,
    engine: singleProcess ? 'sqlite' : 'postgres',
    maxBytes: config.historyMaxBytes,
    onDamaged,
  });
  return {
    services: [telemetry, leader.whileLeading(keeper)],
    routes: telemetryRoutes(telemetry),
    offers: telemetry,
  };
}
