import { wireTime } from '../wire-time.ts';
import type { Certificate, Domain, Integration, Ip, VirtualMachine } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';

export function presentIp(world: World, ip: Ip): Record<string, unknown> {
  const { assignment } = ip;
  return {
    id: ip.id,
    hub_id: world.hub.id,
    kind: ip.kind,
    ip: ip.ip,
    assignment: assignment && {
      container_id: assignment.containerId,
      instance_id: assignment.instanceId,
      environment_id: world.environment.id,
      ...(assignment.virtualMachineId ? { virtual_machine: { id: assignment.virtualMachineId } } : {}),
    },
    pool_id: ip.poolId,
    network_id: ip.networkId,
    address: `${ip.ip}/${ip.prefix}`,
    gateway: ip.gateway,
    network: ip.network,
    cidr: ip.network,
    state: stateOf(assignment ? 'assigned' : 'available', ip.stateChangedAt),
  };
}

/** Let's Encrypt gives 90 days. */
export const expiryOf = ({ generatedAt }: Certificate): number => generatedAt + 90 * 86_400_000;

export function presentDomain(world: World, domain: Domain): Record<string, unknown> {
  const certificate = world.certificates.find((each) => each.id === domain.certificateId);
  const generated = certificate?.generatedAt ?? 0;
  return {
    fqdn: domain.fqdn,
    record: {
      id: domain.id,
      hub_id: world.hub.id,
      creator: creator(world),
      zone_id: domain.zoneId,
      name: domain.fqdn.split('.').length === 2 ? '@' : (domain.fqdn.split('.')[0] ?? '@'),
      resolved_domain: domain.fqdn,
      type:
        domain.address === null ? { linked: presentLinked(world, domain) } : { a: { ip: domain.address } },
      features: certificate
        ? {
            certificate: {
              id: certificate.id,
              generated: wireTime(generated),
              expires: wireTime(expiryOf(certificate)),
              wildcard_child: false,
              user_supplied: false,
            },
          }
        : null,
      state: stateOf('live', world.environment.createdAt),
      events: lifecycle(world.environment.createdAt, world.environment.createdAt),
    },
  };
}

/** A linked record holds its one target and no key of the other two (union in the official client's types). */
function presentLinked(world: World, domain: Domain): Record<string, unknown> {
  return {
    ...presentTarget(world, domain),
    features: { tls: { enable: domain.certificateId !== null }, geodns: { enable: false }, wildcard: null },
    routing: { http: null },
  };
}

function presentTarget(world: World, domain: Domain): Record<string, unknown> {
  const { containerId, virtualMachineId, deploymentTag } = domain;
  if (virtualMachineId !== null) return { virtual_machine: { id: virtualMachineId, dmz: false } };
  if (deploymentTag === null) return { container_id: containerId };
  const container = world.containers.get(containerId ?? '')?.identifier;
  return { deployment: { environment_id: world.environment.id, match: { container, tag: deploymentTag } } };
}

/** Credentials are plain text in it, as on the platform. */
export function presentIntegration(world: World, integration: Integration): Record<string, unknown> {
  return {
    id: integration.id,
    name: integration.name,
    vendor: integration.vendor,
    identifier: integration.identifier,
    auth: {
      region: integration.region,
      namespace: null,
      api_key: integration.apiKey,
      key_id: integration.keyId,
      secret: integration.apiKey,
      subscription_id: null,
      client_id: null,
      base64_config: null,
    },
    extra: integration.extra,
    creator: creator(world),
    hub_id: world.hub.id,
    state: stateOf('live', world.hub.createdAt),
    events: lifecycle(world.hub.createdAt, world.hub.createdAt),
    meta: null,
  };
}

/** A new machine's root password is plain text in it, as on the platform. */
export function presentVirtualMachine(world: World, machine: VirtualMachine): Record<string, unknown> {
  return {
    id: machine.id,
    name: machine.name,
    identifier: machine.identifier,
    creator: creator(world),
    environment: { id: world.environment.id, cluster: world.cluster },
    hub_id: world.hub.id,
    config: {
      network: {
        public: machine.publicIp ? 'enable' : 'egress-only',
        hostname: machine.identifier,
        ports: null,
        egress_via_gateway: false,
      },
      deploy: {
        constraints: null,
        shutdown: { graceful_timeout: '30s' },
        startup: null,
        telemetry: { retention: '24h', interval: '30s', disable: false },
      },
      resources: {
        ram: { limit: `${machine.ramGigabytes}G`, allocate: false },
        cpu: { cores: { number: machine.cpuCores, allocate: null }, cpus: null },
      },
    },
    image: { type: 'base', details: { identifier: machine.image } },
    container_id: machine.containerId,
    volumes: [
      {
        id: machine.instanceId,
        hash: machine.id.slice(-6),
        config: {
          local: { max_size: `${machine.diskGigabytes}G`, stateless: false },
          external: null,
          identifier: 'base',
          read_only: false,
        },
      },
    ],
    annotations: null,
    root_password: { changed: wireTime(machine.createdAt), current: machine.rootPassword },
    ssh_keys: [],
    state: stateOf(machine.state, machine.stateChangedAt),
    events: { ...lifecycle(machine.createdAt, machine.stateChangedAt), started: wireTime(machine.startedAt) },
    deprecate: false,
    lock: false,
    meta: null,
  };
}
