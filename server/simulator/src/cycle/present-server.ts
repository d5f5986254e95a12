import { wireTime } from '../wire-time.ts';
import type { Server } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { creator, lifecycle, stateOf } from './present-common.ts';

/** Server resource without the optional `meta.node` block of live numbers. */
export function presentServer(world: World, server: Server): Record<string, unknown> {
  const location = world.locations.get(server.locationId);
  return {
    id: server.id,
    hub_id: world.hub.id,
    location_id: server.locationId,
    model_id: server.modelId,
    node_id: server.nodeId,
    shared_file_systems: { mounts: null, directories: null },
    hostname: server.hostname,
    nickname: null,
    creator: creator(world),
    provider: {
      vendor: location?.vendor ?? '',
      integration_id: world.integrations[0]?.id ?? '',
      model: 'vhp-16c-64gb',
      zone: null,
      location: location?.code ?? '',
      server: server.nodeId,
      init_ips: [server.publicIp],
      mac_addr: `56:00:04:aa:bb:${server.id.slice(-2)}`,
    },
    cluster: world.cluster,
    features: { sftp: true, base_volume_gb: 20 },
    constraints: {
      tags: [location?.code ?? 'any'],
      allow: { pool: true, services: true, overcommit: false, overcommit_multiple: null },
    },
    autoscale: null,
    ephemeral: false,
    evacuate: null,
    state: stateOf(server.state, server.createdAt),
    events: {
      ...lifecycle(server.createdAt, server.createdAt),
      latest_instance: wireTime(server.createdAt),
      provisioning: {
        started: wireTime(server.createdAt),
        failed: wireTime(null),
        completed: wireTime(server.createdAt + 420_000),
      },
    },
  };
}

export function presentImages(server: Server): { id: string; access_time: string }[] {
  return server.images.map((image) => ({ id: image.id, access_time: wireTime(image.accessedAt) }));
}
