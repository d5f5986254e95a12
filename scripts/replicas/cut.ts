import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export type Cut = {
  readonly port: number;
  /** Ends all connections and takes none until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** A port that leads to a Unix socket and can be cut off. */
export async function startCut(socketPath: string): Promise<Cut> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(socketPath);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const end = (): void => open.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    async close() {
      end();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
