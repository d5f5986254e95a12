import { X509Certificate } from 'node:crypto';

import type {
  CertificatesResponse,
  NetworkDetail,
  ServerDetail,
  ServerImage,
  ServicesResponse,
  VirtualMachineDetail,
} from '@cyclorama/shared/infrastructure.ts';
import type { z } from 'zod';

import type * as wire from './infrastructure-wire.ts';
import { firstVisible, kilobytes, toState } from './to-domain.ts';
import { dataSizeBytes, lifecycleTime } from './units.ts';

export type CycleServerDetail = Omit<ServerDetail, 'freshness'>;
export type CycleImage = Pick<ServerImage, 'id' | 'lastUsedAt'>;
export type CycleNetworkDetail = Omit<NetworkDetail, 'freshness' | 'instances' | 'environments'> & {
  environments: { id: string; addedAt: string | null }[];
};
export type CycleVirtualMachineDetail = Omit<VirtualMachineDetail, 'freshness' | 'gateways'>;
export type CycleServiceSettings = ServicesResponse['services'][number];
export type CycleCertificate = CertificatesResponse['certificates'][number];

export function toServerDetail(it: z.output<typeof wire.serverDetail>): CycleServerDetail {
  const { provider, constraints, events } = it;
  return {
    id: it.id,
    hostname: firstVisible(it.hostname, it.id),
    nickname: firstVisible(it.nickname) || null,
    cluster: it.cluster ?? '',
    state: toState(it.state),
    provider: {
      vendor: provider?.vendor ?? null,
      model: provider?.model ?? null,
      location: provider?.location ?? null,
      zone: provider?.zone ?? null,
    },
    addresses: provider?.init_ips ?? [],
    tags: constraints?.tags ?? [],
    allows: {
      pool: constraints?.allow?.pool ?? false,
      services: constraints?.allow?.services ?? false,
      overcommit: constraints?.allow?.overcommit ?? false,
    },
    isEphemeral: it.ephemeral ?? false,
    evacuatingSince: lifecycleTime(it.evacuate?.started),
    provisionedAt: lifecycleTime(events?.provisioning?.completed),
    newestInstanceAt: lifecycleTime(events?.latest_instance),
    node: toNode(it.meta?.node),
  };
}

type WireNode = NonNullable<z.output<typeof wire.serverDetail>['meta']>['node'];

function toNode(node: WireNode | undefined): CycleServerDetail['node'] {
  if (node == null) return null;
  const { os, cpu, ram, load, uptime } = node.stats ?? {};
  return {
    isOnline: node.online ?? null,
    isHealthy: node.healthy ?? null,
    lastCheckinAt: lifecycleTime(node.last_checkin),
    kernel: os?.kernel ?? os?.release ?? null,
    cores: cpu?.cores ?? null,
    threads: cpu?.threads ?? null,
    memoryBytes: kilobytes(ram?.total),
    memoryAvailableBytes: kilobytes(ram?.available),
    load: [load?.avg1m, load?.avg5m, load?.avg15m].filter((each) => each != null),
    uptimeSeconds: uptime?.seconds ?? null,
  };
}

export function toImage(it: z.output<typeof wire.image>): CycleImage {
  return { id: it.id, lastUsedAt: lifecycleTime(it.access_time) };
}

export function toNetworkDetail(it: z.output<typeof wire.sdnNetworkDetail>): CycleNetworkDetail {
  return {
    id: it.id,
    name: firstVisible(it.name, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    cidr: it.private_network?.ipv6?.cidr ?? null,
    vxlanTag: it.private_network?.vxlan_tag ?? null,
    createdAt: lifecycleTime(it.events?.created),
    environments: (it.environments ?? []).map(({ id, added }) => ({ id, addedAt: lifecycleTime(added) })),
  };
}

export function toVirtualMachineDetail(
  it: z.output<typeof wire.virtualMachineDetail>,
): CycleVirtualMachineDetail {
  const { network, resources } = it.config ?? {};
  return {
    id: it.id,
    name: firstVisible(it.name, it.identifier, it.id),
    identifier: firstVisible(it.identifier, it.id),
    state: toState(it.state),
    hostname: network?.hostname ?? null,
    publicNetwork: network?.public ?? null,
    image: it.image?.details?.identifier ?? it.image?.type ?? null,
    cores: resources?.cpu?.cores?.number ?? null,
    memoryBytes: dataSizeBytes(resources?.ram?.limit),
    containerId: it.container_id ?? null,
    isLocked: it.lock ?? false,
    isDeprecated: it.deprecate ?? false,
    createdAt: lifecycleTime(it.events?.created),
    startedAt: lifecycleTime(it.events?.started),
    volumes: (it.volumes ?? []).map(({ id, config }) => ({
      id,
      identifier: config?.identifier ?? null,
      maxSize: config?.local?.max_size ?? null,
      isReadOnly: config?.read_only ?? false,
    })),
  };
}

export function toServiceSettings(it: z.output<typeof wire.environmentServices>): CycleServiceSettings[] {
  return Object.entries(it.services ?? {}).flatMap(([service, settings]) =>
    settings == null
      ? []
      : [
          {
            service,
            containerId: settings.container_id ?? null,
            isEnabled: settings.enable ?? false,
            isHighlyAvailable: settings.high_availability ?? null,
            isAutoUpdated: settings.auto_update ?? null,
          },
        ],
  );
}

/** The private key goes no further than the answer it came in. */
export function toCertificate(it: z.output<typeof wire.certificate>): CycleCertificate {
  return { id: it.id, domains: it.domains ?? [], leaf: leafOf(it.bundle ?? '') };
}

/** The first certificate of the bundle; null where it is none. */
function leafOf(bundle: string): CycleCertificate['leaf'] {
  try {
    const { issuer, serialNumber, validFromDate, validToDate, fingerprint256 } = new X509Certificate(bundle);
    return {
      issuer: issuer.replaceAll('\n', ', '),
      serialNumber,
      validFrom: validFromDate.toISOString(),
      validTo: validToDate.toISOString(),
      fingerprint256,
    };
  } catch {
    return null;
  }
}
