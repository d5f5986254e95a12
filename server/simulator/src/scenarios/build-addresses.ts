import type { Certificate } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { instancesOf } from '../world/world.ts';
import type { Build } from './build.ts';

export function buildAddresses(world: World, build: Build): void {
  addIps(world, build);
  const zoneId = build.ids.objectId();
  for (const plan of build.plan.containers) {
    const container = [...world.containers.values()].find((each) => each.identifier === plan.identifier);
    if (!container || !plan.domains?.length) continue;
    const certificate = buildCertificate(
      world,
      plan.domains.map(({ fqdn }) => fqdn),
    );
    world.certificates.push(certificate);
    for (const { fqdn, deploymentTag } of plan.domains)
      world.domains.push({
        id: build.ids.objectId(),
        zoneId,
        fqdn,
        containerId: container.id,
        virtualMachineId: null,
        deploymentTag: deploymentTag ?? null,
        address: null,
        certificateId: certificate.id,
      });
  }
  for (const machine of world.virtualMachines.values())
    world.domains.push({
      id: build.ids.objectId(),
      zoneId,
      fqdn: `${machine.identifier}.orchardrobotics.example`,
      containerId: null,
      virtualMachineId: machine.id,
      deploymentTag: null,
      address: machine.publicIp,
      certificateId: null,
    });
}

function buildCertificate(world: World, domains: string[]): Certificate {
  return {
    id: world.ids.objectId(),
    domains,
    privateKey: `-----BEGIN PRIVATE KEY-----\n${world.ids.secret('certificate')}\n-----END PRIVATE KEY-----\n`,
    generatedAt: world.clock.now() - 20 * 86_400_000,
  };
}

function addIps(world: World, { ids }: Build): void {
  const pool = { four: ids.objectId(), six: ids.objectId() };
  const network = { four: ids.objectId(), six: ids.objectId() };
  let number = 130;
  const add = (kind: 'ipv4' | 'ipv6', assignment: World['ips'][number]['assignment'], ip?: string) => {
    const four = kind === 'ipv4';
    number++;
    world.ips.push({
      id: ids.objectId(),
      kind,
      ip: ip ?? (four ? `203.0.113.${number}` : `2001:db8:113::${number.toString(16)}`),
      gateway: four ? '203.0.113.129' : '2001:db8:113::1',
      network: four ? '203.0.113.128/25' : '2001:db8:113::/64',
      prefix: four ? 25 : 64,
      poolId: four ? pool.four : pool.six,
      networkId: four ? network.four : network.six,
      assignment,
      stateChangedAt: world.clock.now() - 30 * 86_400_000,
    });
  };
  for (const container of world.containers.values())
    for (const instance of instancesOf(world, container.id)) {
      const assignment = { containerId: container.id, instanceId: instance.id, virtualMachineId: null };
      if (instance.service && container.publicMode === 'enable') add('ipv4', assignment);
      if (instance.service === 'loadbalancer') add('ipv6', assignment);
    }
  for (const machine of world.virtualMachines.values())
    if (machine.publicIp)
      add(
        'ipv4',
        { containerId: machine.containerId, instanceId: machine.instanceId, virtualMachineId: machine.id },
        machine.publicIp,
      );
  if (world.ips.length > 0) add('ipv4', null);
}
