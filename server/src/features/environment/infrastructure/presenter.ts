import type { NetworkDetail, ServerImage } from '@cyclorama/shared/infrastructure.ts';

import type { CycleImage, CycleNetworkDetail } from '../../../upstream/cycle/infrastructure.ts';
import type { CycleContainer, CycleEnvironment, CycleInstance } from '../../../upstream/cycle/types.ts';
import { instanceName } from '../topology/presenter.ts';

/** Most recently used first. */
export function presentImages(
  images: readonly CycleImage[],
  containers: Iterable<Pick<CycleContainer, 'id' | 'name' | 'imageId'>>,
): ServerImage[] {
  const users = new Map<string, ServerImage['usedBy']>();
  for (const { id, name, imageId } of containers) {
    if (imageId !== null) users.set(imageId, [...(users.get(imageId) ?? []), { id, name }]);
  }
  return images
    .map(({ id, lastUsedAt }) => ({ id, lastUsedAt, usedBy: users.get(id) ?? [] }))
    .toSorted((a, b) => (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? ''));
}

type Joined = { environments: readonly CycleEnvironment[]; instances: readonly CycleInstance[] };

export function presentNetwork(
  network: CycleNetworkDetail,
  { environments, instances }: Joined,
): Omit<NetworkDetail, 'freshness'> {
  const known = new Map(environments.map((each) => [each.id, each]));
  const joined = new Set(network.environments.map(({ id }) => id));
  return {
    id: network.id,
    name: network.name,
    identifier: network.identifier,
    cidr: network.cidr,
    vxlanTag: network.vxlanTag,
    createdAt: network.createdAt,
    environments: network.environments.map(({ id, addedAt }) => {
      const it = known.get(id);
      return { id, name: it?.name ?? null, state: it?.state.current ?? null, addedAt };
    }),
    instances: instances
      .filter(({ environmentId }) => joined.has(environmentId))
      .map((it) => ({
        id: it.id,
        name: instanceName(it),
        state: it.state.current,
        environmentId: it.environmentId,
        containerId: it.containerId,
        serverId: it.serverId,
        privateIp: it.privateIp,
      })),
  };
}
