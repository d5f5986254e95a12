import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { answerUpgrade } from '../http/answer-upgrade.ts';
import { createPlayedSockets } from '../http/played-sockets.ts';
import type { PlayedSockets } from '../http/played-sockets.ts';
import { ApiError, errorEnvelope } from '../http/reply.ts';
import { urlOf } from '../http/serve.ts';
import type { Notification } from '../world/notification.ts';
import type { Bus, World } from '../world/world.ts';
import { requireToken } from './index.ts';
import { requireNamedScope } from './scope.ts';

/** The clients call `/v1/notifications`; the asynchronous API description names the root. */
const PATHS = ['/v1/notifications', '/'];

export type NotificationSocket = Pick<PlayedSockets, 'behave' | 'dropAll' | 'connected' | 'close'> & {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** The notification WebSocket: server to client, one JSON object a frame, no replay (Cycle internal API docs). */
export function createNotificationSocket(world: World, bus: Bus): NotificationSocket {
  const sockets = createPlayedSockets();
  const stop = bus.onNotification((notification) => {
    const { server, behaviour } = sockets;
    if (server.clients.size === 0 || behaviour === 'silent') return;
    const text =
      behaviour === 'truthful' ? JSON.stringify(presentNotification(world, notification)) : behaviour.garbage;
    for (const client of server.clients) client.send(text);
  });
  const { behave, dropAll, connected } = sockets;
  return {
    behave,
    dropAll,
    connected,
    upgrade(request, socket, head) {
      try {
        requireToken({ world }, request);
        requireNamedScope(world, 'notifications');
        if (!PATHS.includes(urlOf(request).pathname)) throw new ApiError(404, '404.uri', 'no such socket');
      } catch (error) {
        const known = error instanceof ApiError ? error : new ApiError(500, '500.unknown', 'failed');
        return answerUpgrade(socket, errorEnvelope(known));
      }
      return sockets.server.handleUpgrade(request, socket, head, (client) => sockets.adopt(client));
    },
    close() {
      stop();
      sockets.close();
    },
  };
}

/**
 * The shape of the official client's `NotificationMessage`: what does not apply is null in `context` and absent in
 * `object`; `flags` and `annotations` are never null.
 */
export function presentNotification(world: World, notification: Notification): Record<string, unknown> {
  const { id, state, previous, error } = notification;
  return {
    topic: notification.topic,
    object: {
      id,
      ...(state === undefined ? {} : { state }),
      ...(previous === undefined ? {} : { state_previous: previous }),
      ...(error === undefined ? {} : { error }),
    },
    context: {
      label: notification.label ?? null,
      hub_id: world.hub.id,
      account_id: notification.accountId ?? null,
      environments: notification.environmentIds ?? null,
      dns_zones: notification.dnsZoneIds ?? null,
      clusters: notification.environmentIds ? [world.cluster] : null,
      containers: notification.containerIds ?? null,
      virtual_machines: notification.virtualMachineIds ?? null,
    },
    flags: {},
    ...(notification.annotations ? { annotations: notification.annotations } : {}),
  };
}
