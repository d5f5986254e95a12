import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Api } from './faults/fault.ts';
import type { Listening } from './listen.ts';
import { closeServer, listenShards, listenSocket, listenTcp } from './listen.ts';

export type PortOptions = { socketPath?: string; portBase?: number; warn?: (line: string) => void };

export type Ports = {
  socketPath: string;
  /** The instance's environment metadata file, `/var/run/cycle/metadata/environment.json` on the platform. */
  metadataPath: string;
  /** Holds the metadata file, and the socket where no path for it was given; removed at the end. */
  directory: string;
  cycle: Server;
  shards: Listening[];
  rerobots: Listening;
  platform: Listening;
  control: Listening;
};

export async function openPorts(options: PortOptions): Promise<Ports> {
  const warn = options.warn ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const directory = await mkdtemp(join(tmpdir(), 'cycle-simulator-'));
  const socketPath = options.socketPath ?? join(directory, 'api.sock');
  const port = (offset: number) => (options.portBase === undefined ? 0 : options.portBase + offset);
  return {
    socketPath,
    metadataPath: join(directory, 'metadata', 'environment.json'),
    directory,
    cycle: await listenSocket(socketPath),
    shards: await listenShards(port(0), warn),
    rerobots: await listenTcp('127.0.0.1', port(1)),
    platform: await listenTcp('127.0.0.1', port(2)),
    control: await listenTcp('127.0.0.1', port(3)),
  };
}

/** Where nobody listens, connections are refused; the internal API's socket file is gone meanwhile. */
export function setListening(ports: Ports, api: Api, listening: boolean): void {
  const reopen: [Server, () => void][] =
    api === 'cycle'
      ? [[ports.cycle, () => ports.cycle.listen(ports.socketPath)]]
      : (api === 'scheduler' ? ports.shards : [ports[api]]).map(({ server, host, port }) => [
          server,
          () => server.listen(port, host),
        ]);
  for (const [server, open] of reopen) {
    if (listening === server.listening) continue;
    if (listening) {
      if (server.listenerCount('error') === 0)
        server.on('error', (error) => process.stderr.write(`simulator: ${api}: ${error.message}\n`));
      open();
    } else void closeServer(server);
  }
}

export async function closePorts(ports: Ports): Promise<void> {
  const tcp = [...ports.shards, ports.rerobots, ports.platform, ports.control].map(({ server }) => server);
  await Promise.all([ports.cycle, ...tcp].map(closeServer));
  await rm(ports.socketPath, { force: true });
  await rm(ports.directory, { recursive: true, force: true });
}

/** Writes the metadata file, for its owner only: the scheduler's access keys are in it. */
export async function writeMetadata({ metadataPath }: Ports, metadata: object): Promise<void> {
  await mkdir(dirname(metadataPath), { recursive: true });
  await writeFile(metadataPath, JSON.stringify(metadata), { mode: 0o600 });
}
