import { ApiError, data, json } from '../http/reply.ts';
import { parseDuration } from '../wire-time.ts';
import { keep } from '../world/received.ts';
import * as bodies from './bodies.ts';
import type { CycleCall, CycleParts } from './parts.ts';
import { presentImages } from './present-server.ts';
import type { CycleRoute } from './reads.ts';
import { ownServer } from './reads.ts';

export const WRITES: Record<string, CycleRoute> = {
  '/v1/conductor/tasks': conductorTask,
  '/v1/server/images/download': ({ world }, { body }) => {
    const { image_id } = bodies.parseBody(bodies.imageDownload, body);
    const server = ownServer(world);
    if (!/^[0-9a-f]{24}$/.test(image_id))
      throw new ApiError(422, '422.invalid-input', 'image_id: expected 24 hexadecimal digits', 'image_id');
    server.images = server.images.filter((image) => image.id !== image_id);
    server.images.push({ id: image_id, accessedAt: world.clock.now() });
    return data(presentImages(server));
  },
  '/v1/environment/services/lb/telemetry/snapshots': ({ received }, { body }) => {
    keep(received.snapshots, bodies.parseBody(bodies.snapshots, body));
    return data(true);
  },
  '/v1/monitoring/metrics': ({ received }, { body }) => {
    keep(received.metrics, ...bodies.parseBody(bodies.metrics, body));
    return data(true);
  },
  '/v1/monitoring/events': ({ received }, { body }) => {
    keep(received.events, ...bodies.parseBody(bodies.events, body));
    return data(true);
  },
  '/v1/object-cache': ({ cache }, { body }) => {
    const item = bodies.parseBody(bodies.cacheItem, body);
    const lifetime = parseDuration(item.expires);
    if (lifetime === undefined)
      throw new ApiError(422, '422.invalid-input', 'expires: expected a duration such as 15m', 'expires');
    cache.save(item, lifetime);
    return data(null);
  },
};

export const BODILESS_WRITES: Record<string, CycleRoute> = {
  '/v1/server/power/poweroff': (parts) => {
    requirePowerManagement(parts);
    parts.power.off(ownServer(parts.world));
    return data(true);
  },
  '/v1/server/power/reboot': (parts) => {
    requirePowerManagement(parts);
    parts.power.reboot(ownServer(parts.world));
    return data(true);
  },
  '/v1/vpn/login': ({ world }, { authorization }) => {
    const [scheme, encoded = ''] = (authorization ?? '').split(' ');
    const text = scheme?.toLowerCase() === 'basic' ? Buffer.from(encoded, 'base64').toString('utf8') : '';
    const colon = text.indexOf(':');
    const user = world.vpnUsers.find((each) => colon > 0 && each.name === text.slice(0, colon));
    return user && user.password === text.slice(colon + 1) ? data(true) : json(403, { data: false });
  },
};

function requirePowerManagement({ world }: CycleParts): void {
  if (!world.containers.get(world.self.containerId)?.powerManagement)
    throw new ApiError(
      403,
      '403.not-allowed',
      'config.runtime.host.power_management: expected true on the container of this instance',
    );
}

/** Answers `{}` without a job id; a task that is not possible now is dropped silently, as on the platform. */
function conductorTask({ world, states, pool }: CycleParts, { body }: CycleCall) {
  const { action, contents } = bodies.parseBody(bodies.task, body);
  if (action !== 'container.instance.start' && action !== 'container.instance.stop')
    throw new ApiError(
      422,
      '422.invalid-argument',
      'action: expected container.instance.start or container.instance.stop',
      'action',
    );
  const task = bodies.parseBody(bodies.taskContents, contents);
  if (!world.containers.has(task.container_id))
    throw new ApiError(404, '404.container', 'no container with that id in this environment', 'container_id');
  const instance = world.instances.get(task.instance_id);
  if (!instance || instance.containerId !== task.container_id)
    throw new ApiError(404, '404.instance', 'no instance with that id in this container', 'instance_id');
  if (action === 'container.instance.stop') {
    if (states.allows('stop', instance)) states.stop(instance);
  } else if (instance.functionSeed !== null)
    pool.adopt(instance, task.function?.token ?? world.ids.objectId());
  else states.start(instance);
  return json(200, {});
}
