import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { WebSocket } from 'ws';

import { answerUpgrade } from '../http/answer-upgrade.ts';
import { createPlayedSockets } from '../http/played-sockets.ts';
import type { PlayedSockets } from '../http/played-sockets.ts';
import type { Reply } from '../http/reply.ts';
import { ApiError, data, errorEnvelope } from '../http/reply.ts';
import { urlOf } from '../http/serve.ts';
import { linesOf } from '../world/output.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** Of what an instance wrote since its start (Cycle docs, "Container Instances"). */
const KEPT_BYTES = 128 * 1024;
const LOOKS_BACK_MS = 12 * 3_600_000;
const TOKEN_MS = 60_000;
const NEWS_EVERY_MS = 250;
/** Frames follow no line and no character. */
const FRAME_BYTES = 7_000;
const PATH = /^\/v1\/instances\/([^/]+)\/console$/;

export type ConsoleSocket = Pick<PlayedSockets, 'behave' | 'dropAll' | 'connected' | 'close'> & {
  /** `GET …/console`: where to connect, and a token for it. */
  authorize(instance: Instance, host: string): Reply;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** What an instance writes as it writes it, in one direction: `<address>?token=<token>` (Cycle public API). */
export function createConsoleSocket(world: World): ConsoleSocket {
  const sockets = createPlayedSockets();
  const tokens = new Map<string, { instance: Instance; until: number }>();
  const show = (client: WebSocket, instance: Instance): void => {
    let shownTo = world.clock.now();
    const first = Math.max(instance.startedAt ?? 0, shownTo - LOOKS_BACK_MS);
    send(client, bytesOf(world, instance, first, shownTo).subarray(-KEPT_BYTES));
    const next = (): void => {
      if (client.readyState !== client.OPEN) return;
      const now = world.clock.now();
      if (sockets.behaviour === 'truthful') send(client, bytesOf(world, instance, shownTo + 1, now));
      shownTo = now;
      world.clock.after(NEWS_EVERY_MS, next);
    };
    world.clock.after(NEWS_EVERY_MS, next);
  };
  const { behave, dropAll, connected, close } = sockets;
  return {
    behave,
    dropAll,
    connected,
    close,
    authorize(instance, host) {
      const token = world.ids.secret('console');
      tokens.set(token, { instance, until: world.clock.now() + TOKEN_MS });
      return data({ token, address: `ws://${host}/v1/instances/${instance.id}/console` });
    },
    upgrade(request, socket, head) {
      const { pathname, searchParams } = urlOf(request);
      const token = searchParams.get('token') ?? '';
      const granted = tokens.get(token);
      tokens.delete(token);
      const isGood = granted !== undefined && granted.until >= world.clock.now();
      if (!isGood || PATH.exec(pathname)?.[1] !== granted.instance.id) {
        const refusal = new ApiError(401, '401.auth-invalid', 'token: expected a new one of this instance');
        return answerUpgrade(socket, errorEnvelope(refusal));
      }
      return sockets.server.handleUpgrade(request, socket, head, (client) => {
        sockets.adopt(client);
        show(client, granted.instance);
      });
    },
  };
}

function bytesOf(world: World, instance: Instance, from: number, to: number): Buffer {
  return Buffer.from(
    linesOf(world, instance, from, to)
      .map(({ message }) => message)
      .join(''),
  );
}

function send(client: WebSocket, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) client.send(bytes.subarray(at, at + FRAME_BYTES));
}
