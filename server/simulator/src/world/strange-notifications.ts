import type { Random } from '../random.ts';
import type { Notification } from './notification.ts';
import type { World } from './world.ts';

/** Notifications are hub-wide: other environments' ids, resources this API does not show, and topics nobody listed. */
export function strangeNotification(world: World, random: Random): Notification {
  const other = random.pick(world.otherEnvironments);
  const id = world.ids.objectId();
  return random.pick<Notification>([
    {
      topic: 'container.state.changed',
      id: world.otherContainerId,
      state: 'running',
      previous: 'starting',
      environmentIds: [other.id],
      containerIds: [world.otherContainerId],
    },
    {
      topic: 'container.instance.state.changed',
      id,
      state: 'stopped',
      previous: 'stopping',
      environmentIds: [other.id],
      containerIds: [world.otherContainerId],
    },
    { topic: 'dns.zone.records.reconfigured', id, dnsZoneIds: [id], label: 'orchardrobotics.example' },
    { topic: 'pipeline.run.completed', id, state: 'completed', accountId: world.hub.accountId },
    { topic: 'hub.fleet-pilot.beacon_seen', id, label: 'beacon' },
  ]);
}
