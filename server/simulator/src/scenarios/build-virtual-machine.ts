import type { Server } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { buildContainer, buildInstance } from './build-container.ts';
import type { Build } from './build.ts';
import type { VirtualMachinePlan } from './plan.ts';

const DAY = 86_400_000;

export function addVirtualMachine(
  world: World,
  build: Build,
  servers: Server[],
  plan: VirtualMachinePlan,
): void {
  const { ids, clock } = build;
  const id = ids.objectId();
  const container = buildContainer(
    world,
    build,
    { identifier: plan.identifier, name: plan.name, instances: 1, checks: false, cores: plan.cpuCores / 8 },
    id,
  );
  world.containers.set(container.id, container);
  const server = servers[world.virtualMachines.size % servers.length];
  if (!server) throw new RangeError('servers: expected at least one');
  const instance = buildInstance(world, build, container, 1, server);
  world.instances.set(instance.id, instance);
  const now = clock.now();
  world.virtualMachines.set(id, {
    id,
    identifier: plan.identifier,
    name: plan.name,
    containerId: container.id,
    instanceId: instance.id,
    image: plan.image,
    cpuCores: plan.cpuCores,
    ramGigabytes: plan.ramGigabytes,
    diskGigabytes: plan.diskGigabytes,
    rootPassword: plan.publicIp ? ids.secret('root-password') : null,
    sshKeys: [{ id: ids.objectId(), name: 'ada' }],
    publicIp: plan.publicIp ? '203.0.113.90' : null,
    createdAt: now - 60 * DAY,
    state: 'running',
    stateChangedAt: now - 5 * DAY,
    startedAt: now - 5 * DAY,
  });
}
