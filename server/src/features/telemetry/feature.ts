import type { FeatureOffering } from '../../http/feature.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { pruneTelemetry } from '../../store/telemetry/retention.ts';
import { historyBytes } from '../../store/topology-history.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { FeatureContext } from '../context.ts';
import { createKeeper } from './keeper.ts';
import { telemetryRoutes } from './routes.ts';
import { createTelemetryService } from './service.ts';
import { createStorage } from './storage.ts';
import type { TelemetryDirectory, TelemetryService } from './types.ts';

type Needs = {
  directory: TelemetryDirectory;
  collectors: { covers(serverId: string): boolean; newestOf(serverId: string): number | null };
  platform: PlatformClient;
};

export function telemetryFeature(
  { cycle, health, ...context }: FeatureContext,
  needs: Needs,
): FeatureOffering<Pick<TelemetryService, 'ingest' | 'instance' | 'latest' | 'ownReading'>> {
  const { db, logger, leader, config } = context;
  const onDamaged: OnDamaged = (fault, instanceId, tier, start) =>
    logger.error({ err: fault, instanceId, tier, start }, 'a block of telemetry can not be read');
  const telemetry = createTelemetryService({
    ...context,
    client: cycle,
    health: health.cycle,
    onDamaged,
    ...needs,
  });
  const keeper = createKeeper({ ...context, onDamaged });
  return {
    services: [telemetry, leader.whileLeading(keeper)],
    sweeps: [
      {
        what: 'telemetry',
        run: async (now, isWanted) => {
          const maxBytes = Math.max(0, config.historyMaxBytes - (await historyBytes(db)));
          await pruneTelemetry(db, { now, maxBytes, isWanted });
        },
      },
    ],
    routes: telemetryRoutes(telemetry, createStorage({ ...context, maxBytes: config.historyMaxBytes })),
    offers: telemetry,
  };
}
