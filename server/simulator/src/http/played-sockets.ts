import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/**
 * `silent`: sockets open, but nothing is read or sent, not even a pong. `garbage`: this frame is sent at once and in
 * place of everything else.
 */
type SocketBehaviour = 'truthful' | 'silent' | { garbage: string };

export type PlayedSockets = {
  readonly server: WebSocketServer;
  readonly behaviour: SocketBehaviour;
  /** A new one takes part in what is played. */
  adopt: (client: WebSocket) => void;
  behave: (as: SocketBehaviour) => void;
  /** Returns whether there was a connection to cut. */
  dropAll: () => boolean;
  connected: () => number;
  close: () => void;
};

/** Web sockets of one place, and what they can be made to do. */
export function createPlayedSockets(): PlayedSockets {
  const server = new WebSocketServer({ noServer: true });
  let behaviour: SocketBehaviour = 'truthful';
  const play = (client: WebSocket): void => {
    if (behaviour === 'silent') client.pause();
    else if (client.isPaused) client.resume();
    if (typeof behaviour === 'object') client.send(behaviour.garbage);
  };
  const dropAll = (): boolean => {
    const any = server.clients.size > 0;
    for (const client of server.clients) client.terminate();
    return any;
  };
  return {
    server,
    get behaviour() {
      return behaviour;
    },
    adopt(client) {
      client.on('error', () => client.terminate());
      play(client);
    },
    behave(as) {
      if (as === behaviour) return;
      behaviour = as;
      for (const client of server.clients) play(client);
    },
    dropAll,
    connected: () => server.clients.size,
    close() {
      dropAll();
      server.close();
    },
  };
}
