import type { Server as HttpServer } from 'node:http';
import { join } from 'node:path';

import { createIds } from '../ids.ts';
import { closeServer, listenSocket } from '../listen.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { instancesOn } from '../world/world.ts';
import { createCycleApi } from './index.ts';
import type { CycleParts } from './parts.ts';

/** The internal API as an instance on another server meets it: there it tells about that server. */
export type ServerSocket = {
  serverId: string;
  hostname: string;
  socketPath: string;
  token: string;
  /** Of the instance the token belongs to. */
  instanceId: string;
};

export type ServerSockets = { list: readonly ServerSocket[]; close(): Promise<void> };

type Options = { directory: string; parts: CycleParts; random: Random };

/** A socket for each server but the dashboard's own, which has the main one. Faults concern the main one only. */
export async function openServerSockets({ directory, parts, random }: Options): Promise<ServerSockets> {
  const { world } = parts;
  const ids = createIds(random, world.clock.now());
  const others = [...world.servers.values()].filter(({ id }) => id !== world.self.serverId);
  const opened = await Promise.all(
    others.map(async ({ id, hostname }) => {
      const [instance] = instancesOn(world, id);
      const at = {
        serverId: id,
        hostname,
        socketPath: join(directory, `${id}.sock`),
        token: ids.secret('cycle'),
        instanceId: instance?.id ?? '',
      };
      return { at, server: await serveAt(at, parts) };
    }),
  );
  return {
    list: opened.map(({ at }) => at),
    close: async () => void (await Promise.all(opened.map(({ server }) => closeServer(server)))),
  };
}

async function serveAt({ serverId, instanceId, token, socketPath }: ServerSocket, parts: CycleParts) {
  const { world } = parts;
  const containerId = world.instances.get(instanceId)?.containerId ?? '';
  const there: World = {
    ...world,
    self: { instanceId, containerId, serverId, scope: null },
    tokens: { ...world.tokens, cycle: token },
  };
  const answer = createCycleApi({ ...parts, world: there });
  const server: HttpServer = await listenSocket(socketPath);
  server.on('request', (request, response) => {
    if (world.servers.get(serverId)?.power === 'on') answer(request, response);
    else request.socket.destroy();
  });
  return server;
}
