import type { Reply } from '../http/reply.ts';
import { ApiError, data, dataList } from '../http/reply.ts';
import type { Container, Server, VirtualMachine } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { instancesOf, instancesOn } from '../world/world.ts';
import { selfSigned } from '../world/x509.ts';
import { cacheScope } from './bodies.ts';
import type { CycleCall, CycleParts } from './parts.ts';
import { containerJson } from './present-container.ts';
import { presentEnvironment, presentHub, presentNetworks, presentServices } from './present-environment.ts';
import { instanceJson } from './present-instance.ts';
import {
  expiryOf,
  presentDomain,
  presentIntegration,
  presentIp,
  presentVirtualMachine,
} from './present-network.ts';
import { presentImages, presentServer } from './present-server.ts';
import { presentTelemetry } from './present-telemetry.ts';

export type CycleRoute = (parts: CycleParts, call: CycleCall) => Reply;

export const READS: Record<string, CycleRoute> = {
  '/v1/environment': ({ world }) => data(presentEnvironment(world, world.environment)),
  '/v1/environment/containers': ({ world }) =>
    dataList([...world.containers.values()].map((container) => containerJson(world, container))),
  '/v1/environment/instances': ({ world }) =>
    dataList([...world.instances.values()].map((instance) => instanceJson(world, instance))),
  '/v1/environment/ips': ({ world }) => data(world.ips.map((ip) => presentIp(world, ip))),
  '/v1/environment/services': ({ world }) => data(presentServices(world)),
  '/v1/environment/virtual-machines': ({ world }) =>
    data([...world.virtualMachines.values()].map((machine) => presentVirtualMachine(world, machine))),
  '/v1/environment/scoped-variables': ({ world }) => data(scopedVariables(world)),
  '/v1/hub': ({ world }) => data(presentHub(world)),
  '/v1/hub/integrations': integration,
  '/v1/server': ({ world }) => data(presentServer(world, ownServer(world))),
  '/v1/server/instances': ({ world }) =>
    dataList([
      ...instancesOn(world, world.self.serverId).map((instance) => instanceJson(world, instance)),
      ...neighbours(world).map((instance) => instanceJson(world, instance)),
    ]),
  '/v1/server/instances/telemetry': ({ world }) =>
    data(presentTelemetry(world, [...instancesOn(world, world.self.serverId), ...neighbours(world)])),
  '/v1/server/containers': ({ world }) => {
    const present = new Set(instancesOn(world, world.self.serverId).map((instance) => instance.containerId));
    return dataList(
      [...world.containers.values()]
        .filter((container) => present.has(container.id))
        .map((container) => containerJson(world, container)),
    );
  },
  '/v1/server/images': ({ world }) => data(presentImages(ownServer(world))),
  '/v1/container': ({ world }, call) => {
    const container = namedContainer(world, call);
    return { status: 200, body: `{"data":${containerJson(world, container)}}` };
  },
  '/v1/container/instances': ({ world }, call) =>
    dataList(
      instancesOf(world, namedContainer(world, call).id).map((instance) => instanceJson(world, instance)),
    ),
  '/v1/containers/certificates': certificates,
  '/v1/container/certificates': certificates,
  '/v1/containers/domains': domains,
  '/v1/container/domains': domains,
  '/v1/sdn/networks': ({ world }) => data(presentNetworks(world)),
  '/v1/sdn/networks/instances': ({ world }) =>
    dataList(
      world.networks.length === 0
        ? []
        : [...world.instances.values(), ...world.otherInstances].map((instance) =>
            instanceJson(world, instance),
          ),
    ),
  '/v1/sdn/networks/environments': ({ world }) =>
    data(
      world.networks.length === 0
        ? []
        : [world.environment, ...world.otherEnvironments].map((each) => presentEnvironment(world, each)),
    ),
  '/v1/virtual-machine': ({ world }, call) => data(presentVirtualMachine(world, namedMachine(world, call))),
  '/v1/virtual-machine/domains': ({ world }, call) => {
    const machine = namedMachine(world, call);
    const named = world.domains.filter((domain) => domain.virtualMachineId === machine.id);
    return data(named.map((domain) => presentDomain(world, domain)));
  },
  '/v1/virtual-machine/gateways': ({ world }, call) => data(gateways(world, namedMachine(world, call))),
  '/v1/object-cache': ({ cache }, { query }) => {
    const [scope, key] = [required(query, 'scope'), required(query, 'key')];
    if (!cacheScope.safeParse(scope).success)
      throw new ApiError(
        422,
        '422.invalid-argument',
        `scope: expected ${cacheScope.options.join(', ')}`,
        'scope',
      );
    const item = cache.read(scope, key);
    if (!item)
      throw new ApiError(404, '404.uri', `nothing is kept under key "${key}" in scope "${scope}"`, 'key');
    return data(item);
  },
};

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (!value) throw new ApiError(422, '422.missing-argument', `${name}: expected a value`, name);
  return value;
}

export function ownServer(world: World): Server {
  const server = world.servers.get(world.self.serverId);
  if (!server) throw new ApiError(404, '404.infrastructure.server', 'the server of this instance is gone');
  return server;
}

function neighbours(world: World) {
  return world.otherInstances.filter((instance) => instance.serverId === world.self.serverId);
}

function namedContainer(world: World, { query }: CycleCall): Container {
  const id = query.get('container-id') || world.self.containerId;
  const container = world.containers.get(id);
  if (!container)
    throw new ApiError(404, '404.container', 'no container with that id in this environment', 'container-id');
  return container;
}

function namedMachine(world: World, { query }: CycleCall): VirtualMachine {
  const machine = world.virtualMachines.get(required(query, 'virtual-machine-id'));
  if (!machine)
    throw new ApiError(
      404,
      '404.virtual-machine',
      'no virtual machine with that id in this environment',
      'virtual-machine-id',
    );
  return machine;
}

function integration({ world }: CycleParts, { query }: CycleCall): Reply {
  const [identifier, vendor] = [query.get('identifier'), query.get('vendor')];
  if (!identifier && !vendor)
    throw new ApiError(422, '422.missing-argument', 'expected identifier or vendor', 'identifier');
  const found = world.integrations.find(
    (each) => (!identifier || each.identifier === identifier) && (!vendor || each.vendor === vendor),
  );
  if (!found) throw new ApiError(404, '404.hub.integration', 'no such integration in this hub');
  return data(presentIntegration(world, found));
}

function certificates({ world }: CycleParts, call: CycleCall): Reply {
  const container = namedContainer(world, call);
  const ids = new Set(
    world.domains.filter((each) => each.containerId === container.id).map((each) => each.certificateId),
  );
  return data(
    world.certificates
      .filter((certificate) => ids.has(certificate.id))
      .map((certificate) => ({
        id: certificate.id,
        domains: certificate.domains,
        private_key: certificate.privateKey,
        bundle: selfSigned({
          names: certificate.domains,
          serial: certificate.id,
          notBefore: certificate.generatedAt,
          notAfter: expiryOf(certificate),
        }),
        hub_id: world.hub.id,
      })),
  );
}

function domains({ world }: CycleParts, call: CycleCall): Reply {
  const container = namedContainer(world, call);
  const named = world.domains.filter((domain) => domain.containerId === container.id);
  return data(named.map((domain) => presentDomain(world, domain)));
}

function gateways(world: World, machine: VirtualMachine): Record<string, unknown>[] {
  return [...world.instances.values()]
    .filter((instance) => instance.service === 'gateway')
    .map((instance) => ({
      virtual_machine_id: machine.id,
      gateway_instance_id: instance.id,
      ips: machine.publicIp
        ? [{ kind: 'ipv4', public_ip: machine.publicIp, gateway_private_ip: null, gateway_nat_ip: null }]
        : [],
    }));
}

/** A variable with a duration is absent once that much time has passed since the caller's start (Cycle docs). */
function scopedVariables(world: World): Record<string, string> {
  const startedAt = world.instances.get(world.self.instanceId)?.startedAt ?? 0;
  const age = world.clock.now() - startedAt;
  return Object.fromEntries(
    world.scopedVariables
      .filter((variable) => variable.durationMs === null || age < variable.durationMs)
      .map((variable) => [variable.identifier, variable.value]),
  );
}
