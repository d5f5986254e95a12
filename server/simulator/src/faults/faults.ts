import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Clock } from '../clock.ts';
import type { NotificationSocket } from '../cycle/notification-socket.ts';
import { answerUpgrade } from '../http/answer-upgrade.ts';
import type { HttpHandler } from '../http/serve.ts';
import { send, urlOf } from '../http/serve.ts';
import type { Api, Fault, FaultKind } from './fault.ts';
import { answersRequests, answersUpgrades, isRewrite } from './fault.ts';
import { faultReply } from './replies.ts';
import { changeBody, cutBody, holdBody } from './response.ts';
import { rewrite } from './rewrites.ts';

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

export type FaultTargets = {
  websockets: Partial<Record<Api, Pick<NotificationSocket, 'dropAll' | 'behave'>>>;
  /** Stops or resumes listening on all addresses of an API. */
  setListening: (api: Api, listening: boolean) => void;
};

/**
 * Faults on the wire. They count real time (`wireClock`), not the world's: a request that is held for five seconds is
 * held for five seconds at any speed.
 */
export function createFaults(wireClock: Clock, { websockets, setListening }: FaultTargets): Faults {
  const entries = new Map<string, Entry>();
  let made = 0;

  const settle = (api: Api) => {
    const inForce = [...entries.values()].filter((entry) => entry.api === api);
    setListening(api, !inForce.some(({ kind }) => kind === 'down'));
    const sockets = websockets[api];
    if (sockets === undefined) return;
    const garbage = inForce.find(({ kind }) => kind === 'garbage-websocket');
    if (inForce.some(({ kind }) => kind === 'silent-websocket')) sockets.behave('silent');
    else sockets.behave(garbage ? { garbage: garbage.body ?? 'not JSON \u0000' } : 'truthful');
  };

  const remove = (id: string) => {
    const entry = entries.get(id);
    if (!entry) return false;
    entry.cancel();
    entries.delete(id);
    settle(entry.api);
    return true;
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
    settle(fault.api);
    const drops = fault.kind === 'drop-websocket' || fault.kind === 'revoke-token';
    if (drops && websockets[fault.api]?.dropAll() === true && fault.kind === 'drop-websocket') use(entry);
    return id;
  };

  return {
    add: begin,
    remove,
    clear: () => [...entries.keys()].forEach(remove),
    list: () => [...entries.values()].map(({ cancel: _cancel, ...fault }) => fault),
    withFaults: (api, handler) => (request, response) =>
      delayed(api, request, response, () => {
        const entry = matching(api, request, answersRequests)[0];
        if (!entry) return handler(request, response);
        use(entry);
        return apply(entry, wireClock.now(), request, response, handler);
      }),
    withUpgradeFaults: (api, upgrade) => (request, socket, head) => {
      // A peer that leaves during the handshake must not end the process.
      socket.on('error', () => socket.destroy());
      delayed(api, request, socket, () => {
        const entry = matching(api, request, answersUpgrades)[0];
        if (!entry) return upgrade(request, socket, head);
        use(entry);
        if (entry.kind === 'hang' || entry.kind === 'hold-body') return undefined;
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
  if (fault.kind === 'hang') return;
  if (fault.kind === 'refuse') {
    request.socket.destroy();
    return;
  }
  const { kind, body } = fault;
  if (kind === 'cut') cutBody(response);
  else if (kind === 'hold-body') holdBody(response);
  else if (isRewrite(kind)) changeBody(response, (text) => rewrite(kind, text, body));
  const reply = faultReply(fault, now);
  if (reply) send(response, reply);
  else handler(request, response);
}
