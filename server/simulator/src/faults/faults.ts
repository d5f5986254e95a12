import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Clock } from '../clock.ts';
import { answerUpgrade } from '../http/answer-upgrade.ts';
import type { HttpHandler } from '../http/serve.ts';
import { send, urlOf } from '../http/serve.ts';
import type { Api, Fault, FaultKind } from './fault.ts';
import { cutReply, faultReply } from './replies.ts';

export type Faults = {
  /** Returns the id that `remove` takes. */
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): (Fault & { id: string })[];
  withFaults(api: Api, handler: HttpHandler): HttpHandler;
  withUpgradeFaults(api: Api, upgrade: Upgrade): Upgrade;
};

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
type Entry = Fault & { id: string; cancel: () => void };

/**
 * Faults on the wire. They count real time (`wireClock`), not the world's: a request that is held for five seconds is
 * held for five seconds at any speed. `dropWebSockets` cuts the open notification sockets.
 */
export function createFaults(wireClock: Clock, dropWebSockets: () => boolean): Faults {
  const entries = new Map<string, Entry>();
  let made = 0;

  const remove = (id: string) => {
    entries.get(id)?.cancel();
    return entries.delete(id);
  };

  const use = (entry: Entry) => {
    if (entry.count === undefined) return;
    entry.count--;
    if (entry.count <= 0) remove(entry.id);
  };

  const matching = (api: Api, request: IncomingMessage, kinds: (kind: FaultKind) => boolean) =>
    [...entries.values()].filter(
      (entry) =>
        entry.api === api &&
        kinds(entry.kind) &&
        (!entry.match?.method || entry.match.method.toUpperCase() === request.method) &&
        (!entry.match?.pathPrefix || urlOf(request).pathname.startsWith(entry.match.pathPrefix)),
    );

  /** Calls `next` after the delays that match, unless the caller has left by then. */
  const delayed = (api: Api, request: IncomingMessage, peer: { destroyed: boolean }, next: () => void) => {
    const delays = matching(api, request, (kind) => kind === 'delay');
    if (delays.length === 0) return next();
    delays.forEach(use);
    const ms = delays.reduce((sum, entry) => sum + (entry.ms ?? 0), 0);
    wireClock.after(ms, () => (peer.destroyed ? undefined : next()));
    return undefined;
  };

  const begin = (fault: Fault) => {
    const id = String(++made);
    const entry: Entry = { ...fault, id, cancel: () => undefined };
    entries.set(id, entry);
    if (fault.forMs !== undefined) entry.cancel = wireClock.after(fault.forMs, () => remove(id));
    const drops = fault.kind === 'drop-websocket' || fault.kind === 'revoke-token';
    if (fault.api === 'cycle' && drops && dropWebSockets() && fault.kind === 'drop-websocket') use(entry);
    return id;
  };

  return {
    add: begin,
    remove,
    clear: () => [...entries.keys()].forEach(remove),
    list: () => [...entries.values()].map(({ cancel: _cancel, ...fault }) => fault),
    withFaults: (api, handler) => (request, response) =>
      delayed(api, request, response, () => {
        const entry = matching(api, request, (kind) => kind !== 'delay' && kind !== 'drop-websocket')[0];
        if (!entry) return handler(request, response);
        use(entry);
        return apply(entry, wireClock.now(), request, response, handler);
      }),
    withUpgradeFaults: (api, upgrade) => (request, socket, head) => {
      // A peer that goes away during the handshake must not end the process.
      socket.on('error', () => socket.destroy());
      delayed(api, request, socket, () => {
        const entry = matching(api, request, (kind) => kind !== 'delay')[0];
        if (!entry) return upgrade(request, socket, head);
        use(entry);
        const reply = faultReply(entry, wireClock.now());
        if (reply) answerUpgrade(socket, reply);
        else socket.destroy();
        return undefined;
      });
    },
  };
}

function apply(
  fault: Fault,
  now: number,
  request: IncomingMessage,
  response: ServerResponse,
  handler: HttpHandler,
): void {
  if (fault.kind === 'refuse') {
    request.socket.destroy();
    return;
  }
  if (fault.kind === 'cut') cutReply(response);
  const reply = faultReply(fault, now);
  if (reply) send(response, reply);
  else handler(request, response);
}
