import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that listens already but has no request handler yet. */
export type Listening = { server: Server; host: string; port: number };

const connections = new WeakMap<Server, Set<Socket>>();

/** Node's own `closeAllConnections` forgets upgraded sockets. */
function createTrackedServer(): Server {
  const open = new Set<Socket>();
  const server = createServer();
  connections.set(server, open);
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return server;
}

/** Port 0 takes any free one; rejects with the system's error. */
export function listenTcp(host: string, port: number): Promise<Listening> {
  const server = createTrackedServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve({ server, host, port: (server.address() as AddressInfo).port });
    });
  });
}

/** Removes a socket file left by an earlier run. */
export async function listenSocket(path: string): Promise<Server> {
  await rm(path, { force: true });
  const server = createTrackedServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

const SHARD_HOSTS = ['127.0.0.1', '127.0.0.2'] as const;
const TRIES = 20;

/**
 * The scheduler's shards: one port on two loopback addresses. If the second can't be bound there is one shard, and
 * `warn` is called.
 */
export async function listenShards(port: number, warn: (line: string) => void): Promise<Listening[]> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const first = await listenTcp(SHARD_HOSTS[0], port);
    try {
      return [first, await listenTcp(SHARD_HOSTS[1], first.port)];
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || port !== 0) {
        warn(`simulator: ${SHARD_HOSTS[1]} can't be bound, so the scheduler has one shard only`);
        return [first];
      }
      await closeServer(first.server);
    }
  }
  throw new Error('scheduler: expected a port free on both loopback addresses');
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of connections.get(server) ?? []) socket.destroy();
  });
}
