import type { FeatureOffering } from '../../http/feature.ts';
import type { FeatureContext } from '../context.ts';
import { infrastructureRoutes } from './infrastructure/routes.ts';
import { createInfrastructure } from './infrastructure/service.ts';
import { presentEvent } from './life/service.ts';
import { environmentRoutes, environmentSnapshotRoutes } from './routes.ts';
import { createEnvironmentService } from './service.ts';
import type { EnvironmentDeps, EnvironmentService } from './service.ts';
import { environmentSweeps } from './sweeps.ts';

type Needs = Pick<EnvironmentDeps, 'activity' | 'numbers' | 'upstreams' | 'onVpnAccountsChanged'>;
type Offers = Pick<
  EnvironmentService,
  | 'functionDirectory'
  | 'telemetryDirectory'
  | 'ownStartedAt'
  | 'environmentId'
  | 'nameOf'
  | 'notifications'
  | 'topology'
> & {
  presentEvent: typeof presentEvent;
};

export function environmentFeature(
  { config, cycle, health, ...context }: FeatureContext,
  needs: Needs,
): FeatureOffering<Offers> {
  const environment = createEnvironmentService({
    ...context,
    ...needs,
    client: cycle,
    socketPath: config.cycle.socketPath,
    token: config.cycle.token ?? '',
    ownInstanceId: config.cycle.instanceId,
    health: health.cycle,
  });
  const { snapshot } = environment.collector;
  const infrastructure = createInfrastructure({ ...context, client: cycle, snapshot });
  const { replicas } = context;
  replicas.reads('task', async (ids) =>
    (await environment.rereadTasks(ids)).map((task) => ({ type: 'task', task })),
  );
  replicas.reads('task-batch', async (ids) =>
    (await environment.taskBatches.reread(ids)).map((batch) => ({ type: 'task-batch', batch })),
  );
  return {
    services: [environment],
    sweeps: environmentSweeps(context.db, config),
    routes: [...environmentRoutes(environment), ...infrastructureRoutes(infrastructure)],
    snapshotRoutes: environmentSnapshotRoutes(environment),
    offers: { ...environment, presentEvent },
  };
}
