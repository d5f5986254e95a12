import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import { answerUpgrade } from '../http/answer-upgrade.ts';
import { ApiError, errorEnvelope } from '../http/reply.ts';
import { urlOf } from '../http/serve.ts';
import type { Notification } from '../world/notification.ts';
import type { Bus, World } from '../world/world.ts';
import { requireToken } from './index.ts';
import { requireNamedScope } from './scope.ts';

/** The clients call `/v1/notifications`; the asynchronous API description names the root. */
const PATHS = ['/v1/notifications', '/'];

export type SocketBehaviour = 'truthful' | 'silent' | { garbage: string };

export type NotificationSocket = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Returns whether there was a connection to cut. */
  dropAll(): boolean;
  /**
   * `silent`: sockets open, but nothing is read or sent, not even a pong. `garbage`: this frame is sent at once and in
   * place of every notification.
   */
  behave(as: SocketBehaviour): void;
  connected(): number;
  close(): void;
};

/** The notification WebSocket: server to client, one JSON object a frame, no replay (Cycle internal API docs). */
export function createNotificationSocket(world: World, bus: Bus): NotificationSocket {
  const server = new WebSocketServer({ noServer: true });
  let behaviour: SocketBehaviour = 'truthful';
  const stop = bus.onNotification((notification) => {
    if (server.clients.size === 0 || behaviour === 'silent') return;
    const text =
      behaviour === 'truthful' ? JSON.stringify(presentNotification(world, notification)) : behaviour.garbage;
    for (const client of server.clients) client.send(text);
  });
  const adopt = (client: WebSocket) => {
    if (behaviour === 'silent') client.pause();
    else if (client.isPaused) client.resume();
    if (typeof behaviour === 'object') client.send(behaviour.garbage);
  };
  return {
    upgrade(request, socket, head) {
      try {
        requireToken({ world }, request);
        requireNamedScope(world, 'notifications');
        if (!PATHS.includes(urlOf(request).pathname)) throw new ApiError(404, '404.uri', 'no such socket');
      } catch (error) {
        const known = error instanceof ApiError ? error : new ApiError(500, '500.unknown', 'failed');
        return answerUpgrade(socket, errorEnvelope(known));
      }
      return server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => client.terminate());
        adopt(client);
      });
    },
    behave(as) {
      if (as === behaviour) return;
      behaviour = as;
      for (const client of server.clients) adopt(client);
    },
    dropAll() {
      const any = server.clients.size > 0;
      for (const client of server.clients) client.terminate();
      return any;
    },
    connected: () => server.clients.size,
    close() {
      stop();
      for (const client of server.clients) client.terminate();
      server.close();
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
