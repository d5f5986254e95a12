import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { killTree } from './kill-tree.ts';
import { prepareSshd, serveConnection, writeSshdFiles } from './sshd.ts';
import type { SshdFiles } from './sshd.ts';
import { verdictOn } from './verdict.ts';

const HOST = '127.0.0.1';

export type SshOrder = Omit<SshdFiles, 'folder'> & {
  /** Read for every connection. */
  rules: () => Parameters<typeof verdictOn>[0];
};

export type SshHosts = {
  /** Returns the address that forwards to the instance. */
  open(order: SshOrder): Promise<{ ipv4: string; port: number }>;
  /** Ends every session too; does nothing for an instance that is not open. */
  shut(instanceId: string): void;
  close(): void;
};

type Host = { server: Server; held: Set<Socket>; sessions: Set<ChildProcess>; folder: string };

function receive({ held, sessions }: Host, socket: Socket, verdict: string, config: string): void {
  // A caller that breaks off must not end the process.
  socket.on('error', () => undefined);
  if (verdict === 'REJECT') return void socket.resetAndDestroy();
  if (verdict !== 'ACCEPT') {
    held.add(socket);
    return void socket.once('close', () => held.delete(socket));
  }
  const session = serveConnection(socket, config);
  sessions.add(session);
  session.once('exit', () => sessions.delete(session));
  session.once('error', () => sessions.delete(session));
}

function end({ server, held, sessions, folder }: Host): void {
  server.close();
  for (const socket of held) socket.destroy();
  for (const { pid } of sessions) if (pid !== undefined) killTree(pid);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs OpenSSH's sshd for instances, one host each with its own key, on loopback and as the present user: who logs in
 * gets that user's shell. Throws an Error where there is no sshd.
 */
export function createSshHosts(): SshHosts {
  prepareSshd();
  const root = mkdtempSync(join(tmpdir(), 'simulator-ssh-'));
  const hosts = new Map<string, Host>();

  function build({ rules, ...files }: SshOrder): Host {
    const folder = join(root, files.instanceId);
    mkdirSync(folder, { mode: 0o700 });
    const config = writeSshdFiles({ ...files, folder });
    const built: Host = {
      server: createServer({ pauseOnConnect: true }, (socket) =>
        receive(built, socket, verdictOn(rules(), socket.remoteAddress ?? ''), config),
      ),
      held: new Set(),
      sessions: new Set(),
      folder,
    };
    return built;
  }

  function shut(instanceId: string): void {
    const found = hosts.get(instanceId);
    hosts.delete(instanceId);
    if (found) end(found);
  }

  return {
    open(order) {
      const built = build(order);
      hosts.set(order.instanceId, built);
      return new Promise((resolve, reject) => {
        built.server.once('error', reject);
        built.server.listen(0, HOST, () =>
          resolve({ ipv4: HOST, port: (built.server.address() as AddressInfo).port }),
        );
      });
    },
    shut,
    close() {
      for (const id of hosts.keys()) shut(id);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
