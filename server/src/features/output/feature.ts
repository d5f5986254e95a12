import type { Feature } from '../../http/feature.ts';
import type { PlatformClient } from '../../upstream/cycle-platform/client.ts';
import type { FeatureContext } from '../context.ts';
import { createConsoleService } from './console/service.ts';
import { createLogsService } from './logs/service.ts';
import { outputRoutes } from './routes.ts';

type Needs = {
  platform: PlatformClient;
  telemetryDirectory: { instance(id: string): { containerId: string } | null };
};

/** What instances write: logs and console. */
export function outputFeature(
  { clock, newId }: FeatureContext,
  { platform, telemetryDirectory: directory }: Needs,
): Feature {
  const containerOf = (id: string): string | null => directory.instance(id)?.containerId ?? null;
  const logs = createLogsService({ platform, isInstance: (id) => containerOf(id) !== null, clock });
  const console = createConsoleService({ platform, containerOf, newId });
  return {
    services: [console],
    routes: outputRoutes(logs, console),
    endRequests: () => console.endRequests(),
  };
}
