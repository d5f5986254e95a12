import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP relay between browser and server that can drop bytes without either side noticing. */
export type Relay = {
  url: string;
  /** Event streams that are open now. */
  readonly streams: number;
  /** Open and new connections stay open and carry nothing, as behind a NAT that lost its table. */
  cut: () => void;
  /** New connections work again; cut ones stay cut. */
  mend: () => void;
  /** Holds back the bodies of new streams, as a buffering proxy does. */
  holdStreams: (hold: boolean) => void;
  close: () => void;
};

type Way = { browser: Socket; server: Socket; isStream: boolean; isDead: boolean };

export async function startRelay(target: string): Promise<Relay> {
  const ways = new Set<Way>();
  let isCut = false;
  let holds = false;
  const { hostname, port } = new URL(target);

  const relay = createServer((browser) => {
    const way: Way = {
      browser,
      server: connect(Number(port), hostname),
      isStream: false,
      isDead: isCut,
    };
    ways.add(way);
    let headSeen = false;
    browser.on('data', (chunk) => {
      if (way.isDead) return;
      way.isStream ||= chunk.toString('latin1').startsWith('GET /api/events');
      way.server.write(chunk);
    });
    way.server.on('data', (chunk) => {
      if (way.isDead) return;
      if (!way.isStream || !holds) {
        browser.write(chunk);
        return;
      }
      if (headSeen) return;
      headSeen = true;
      browser.write(chunk.subarray(0, chunk.indexOf('\r\n\r\n') + 4));
    });
    const end = () => {
      if (way.isDead) return;
      ways.delete(way);
      browser.destroy();
      way.server.destroy();
    };
    for (const side of [browser, way.server]) side.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => {
    relay.listen(0, hostname, resolve);
  });
  return {
    url: `http://${hostname}:${(relay.address() as AddressInfo).port}`,
    get streams() {
      return [...ways].filter(({ isStream, isDead }) => isStream && !isDead).length;
    },
    cut() {
      isCut = true;
      for (const way of ways) way.isDead = true;
    },
    mend() {
      isCut = false;
    },
    holdStreams(hold) {
      holds = hold;
      for (const way of ways) {
        if (way.isStream) way.browser.destroy();
      }
    },
    close() {
      for (const { browser, server } of ways) {
        browser.destroy();
        server.destroy();
      }
      relay.close();
    },
  };
}
