import type { Container, Instance, Server } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Build } from './build.ts';
import type { ContainerPlan } from './plan.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export function buildContainer(
  world: World,
  { clock, ids, random }: Build,
  plan: ContainerPlan,
  virtualMachineId: string | null = null,
): Container {
  const now = clock.now();
  const changed = now - random.int(1, 20) * DAY;
  const checks = plan.checks ?? true;
  return {
    id: ids.objectId(),
    identifier: plan.identifier,
    name: plan.name,
    imageId: ids.objectId(),
    service: plan.service ?? null,
    virtualMachineId,
    subnet: (Number.parseInt(world.environment.subnet, 16) + 1 + world.containers.size).toString(16),
    strategy: plan.strategy ?? 'resource-density',
    publicMode: plan.publicMode ?? 'egress-only',
    ports: plan.ports ?? [],
    functionLimits: plan.functionLimits ?? null,
    healthCheck: checks,
    readinessCheck: checks,
    telemetryDisabled: false,
    ramMegabytes: plan.ramMegabytes ?? 512,
    cpuShares: Math.max(1, Math.round((plan.cores ?? 0.2) * 20)),
    cores: plan.cores ?? 0.2,
    stateful: plan.stateful ?? false,
    powerManagement: plan.self ?? false,
    environmentVariables: {
      LOG_LEVEL: 'info',
      ...Object.fromEntries((plan.secrets ?? []).map((name) => [name, ids.secret('env')])),
    },
    volumePassword: plan.stateful ? ids.secret('volume') : null,
    createdAt: now - 100 * DAY,
    deploymentVersion: plan.service || virtualMachineId ? null : (world.deploymentTags.live ?? null),
    desiredInstances: plan.instances,
    updatedAt: changed,
    startedAt: changed,
    state: plan.functionLimits ? 'function' : 'running',
    stateChangedAt: changed,
    revision: 0,
  };
}

export function buildInstance(
  world: World,
  { clock, ids, random }: Build,
  container: Container,
  index: number,
  server: Server,
): Instance {
  const now = clock.now();
  const self = container.powerManagement;
  const startedAt = now - (self ? 20_000 : random.int(10, 3_000) * MINUTE);
  const idle = container.functionLimits !== null;
  return {
    id: ids.objectId(),
    containerId: container.id,
    environmentId: world.environment.id,
    index,
    serverId: server.id,
    hostname: container.stateful ? `${container.identifier}-${index}` : container.identifier,
    service: container.service,
    functionSeed: idle ? index : null,
    virtualMachineId: container.virtualMachineId,
    createdAt: now - random.int(4, 90) * DAY,
    updatedAt: startedAt,
    startedAt: idle ? null : startedAt,
    readyState: 'active',
    purgeAt: null,
    state: idle ? 'stopped' : 'running',
    stateChangedAt: startedAt,
    stateError: null,
    health: container.healthCheck ? { healthy: true, updated: startedAt + 5_000 } : null,
    readiness: container.readinessCheck ? { ready: true, updated: startedAt + 3_000 } : null,
    deploymentVersion: container.deploymentVersion,
    drainStartedAt: null,
    migration: null,
    failsToStart: false,
    cores: container.cores * (0.7 + 0.6 * random.next()),
    phase: random.next(),
    revision: 0,
  };
}
