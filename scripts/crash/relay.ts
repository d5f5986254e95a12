import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Exchange = {
  address: string;
  method: string;
  path: string;
  /** Epoch milliseconds of its arrival at the relay. */
  at: number;
  /** Null until the upstream has it. */
  body: unknown;
  /** True once it was passed on. */
  passed: boolean;
  /** The upstream's answer, whether or not it reached the caller. */
  status: number | null;
  answer: unknown;
};

/** Where a call can be stopped: before the upstream has it, or before the caller has the answer. */
export type Side = 'request' | 'answer';

export type Held = {
  exchange: Exchange;
  /** Continues; resolves when an answer's bytes have left the relay, or when a request has been answered. */
  pass: () => Promise<void>;
  /** Drops it: a request never reaches the upstream, an answer never reaches the caller. */
  drop: () => void;
};

export type Relay = {
  readonly port: number;
  /** Every call so far, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Resolves once the next call whose path ends in `verb` is held. */
  hold(verb: string, side: Side): Promise<Held>;
  /** Delays both sides of each call by so many milliseconds from now on. */
  delay: () => number;
  close(): Promise<void>;
};

type Gate = { verb: string; side: Side; take: (held: Held) => void };
export type Upstream = {
  addresses: string[];
  port: number;
  /** What the upstream keeps waiting until its caller hangs up, by the end of its path. */
  waiting?: string;
};

/** A relay before an HTTP upstream that listens on one port of several addresses: one relay per address. */
export async function startRelay(upstream: Upstream): Promise<Relay> {
  const gates: Gate[] = [];
  const exchanges: Exchange[] = [];
  const agent = new Agent({ keepAlive: true });
  const relay = { delay: () => 0 };

  /** Waits for the delay and an open gate. False: the call is dropped here. */
  const passes = async (exchange: Exchange, side: Side, left: Promise<void>): Promise<boolean> => {
    const ms = relay.delay();
    if (ms > 0) await sleep(ms);
    const at = gates.findIndex((gate) => gate.side === side && exchange.path.endsWith(`/${gate.verb}`));
    const [gate] = at < 0 ? [] : gates.splice(at, 1);
    if (!gate) return true;
    return new Promise((resolve) => {
      const pass = () => {
        resolve(true);
        return left;
      };
      gate.take({ exchange, pass, drop: () => resolve(false) });
    });
  };

  const handle = async (address: string, request: IncomingMessage, response: ServerResponse) => {
    const exchange = begin(address, request);
    exchanges.push(exchange);
    const left = new Promise<void>((resolve) => response.once('finish', resolve).once('close', resolve));
    if (await passes(exchange, 'request', left)) {
      const answer = await forward({ exchange, request, response, agent, upstream });
      if (await passes(exchange, 'answer', left)) {
        response.writeHead(answer.status, answer.headers).end(answer.body);
        return;
      }
    }
    request.socket.destroy();
  };

  const servers = await listenOn(upstream.addresses, (address, request, response) => {
    handle(address, request, response).catch(() => request.socket.destroy());
  });
  return Object.assign(relay, {
    port: portOf(servers[0]),
    exchanges,
    hold: (verb: string, side: Side) =>
      new Promise<Held>((take) => {
        gates.push({ verb, side, take });
      }),
    async close() {
      agent.destroy();
      await Promise.all(servers.map(closed));
    },
  });
}

function begin(address: string, request: IncomingMessage): Exchange {
  const { method = '', url: path = '' } = request;
  return {
    address,
    method,
    path,
    at: Date.now(),
    body: undefined,
    passed: false,
    status: null,
    answer: null,
  };
}

type Forward = {
  exchange: Exchange;
  request: IncomingMessage;
  response: ServerResponse;
  agent: Agent;
  upstream: Upstream;
};
type Answered = { status: number; headers: Record<string, string | string[]>; body: Buffer };

/** How much later than its caller the relay hangs up on a call that waits. */
const HANG_UP_AFTER_MS = 1_000;

/**
 * Repeats the call to the upstream. Other than one that waits, it goes to its end without its caller, so that what the
 * upstream did is recorded however long its answer takes.
 */
async function forward({ exchange, request, response, agent, upstream }: Forward): Promise<Answered> {
  const { port, waiting } = upstream;
  const body = await bytesOf(request);
  exchange.body = parsed(body);
  const { address: host, method, path } = exchange;
  const headers = { ...request.headers, connection: 'keep-alive' };
  const onward = httpRequest({ host, port, method, path, headers, agent });
  if (waiting !== undefined && path.endsWith(waiting))
    response.once('close', () => setTimeout(() => onward.destroy(), HANG_UP_AFTER_MS).unref());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve).once('error', reject);
  });
  exchange.passed = true;
  onward.end(body);
  const answer = await answered;
  const content = await bytesOf(answer);
  exchange.status = answer.statusCode ?? 502;
  exchange.answer = parsed(content);
  const kept = Object.entries(answer.headers).filter(
    ([name, value]) => value !== undefined && name !== 'connection' && name !== 'keep-alive',
  );
  return {
    status: exchange.status,
    headers: Object.fromEntries(kept) as Answered['headers'],
    body: content,
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

type Handler = (address: string, request: IncomingMessage, response: ServerResponse) => void;

const TRIES = 20;

/** One port that is free on every address; the system chooses it. */
async function listenOn(addresses: string[], handler: Handler): Promise<Server[]> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const servers: Server[] = [];
    try {
      for (const address of addresses) {
        const port = portOf(servers[0]);
        servers.push(await listen(address, port, handler));
      }
      return servers;
    } catch (error) {
      await Promise.all(servers.map(closed));
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`the relay: expected a port free on ${addresses.join(' and ')}`);
}

function listen(address: string, port: number, handler: Handler): Promise<Server> {
  const server = createServer((request, response) => handler(address, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** 0, which lets the system choose, where there is no server yet. */
function portOf(server: Server | undefined): number {
  return (server?.address() as AddressInfo | undefined)?.port ?? 0;
}
