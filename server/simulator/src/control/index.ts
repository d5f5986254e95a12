import type { IncomingMessage } from 'node:http';

import type { Clock } from '../clock.ts';
import { parseBody } from '../cycle/bodies.ts';
import type { Faults } from '../faults/faults.ts';
import type { Reply } from '../http/reply.ts';
import { ApiError, json } from '../http/reply.ts';
import type { HttpHandler } from '../http/serve.ts';
import { parseJson, readJson, readText, send, urlOf } from '../http/serve.ts';
import type { RequestCounts } from '../request-counts.ts';
import type { WorldEvent } from '../world/happen.ts';
import type { Received } from '../world/received.ts';
import { advanceBody, eventBody, faultBody, robotTokenBody } from './bodies.ts';

export type ControlParts = {
  faults: Faults;
  counts: RequestCounts;
  clock: Clock;
  /** Returns what is wrong with the event. */
  happen(event: WorldEvent): string | undefined;
  /** Of the dashboard's rerobots user if `user` is absent. */
  issueToken(user?: string): Promise<string>;
  summary(): Record<string, unknown>;
  received: Received;
  /** Null where the world has none. */
  past(): object | null;
};

type Route = (parts: ControlParts, request: IncomingMessage) => Promise<Reply> | Reply;

const ROUTES: Record<string, Route> = {
  'GET /state': (parts) =>
    json(200, { ...parts.summary(), requests: parts.counts.snapshot(), faults: parts.faults.list() }),
  'GET /received': ({ received }) => json(200, received),
  'GET /past': (parts) => {
    const past = parts.past();
    return past === null
      ? json(404, { error: 'this world has no past: start it with --past' })
      : json(200, past);
  },
  'GET /faults': ({ faults }) => json(200, faults.list()),
  'POST /faults': async ({ faults }, request) => {
    const { match, ...fault } = parseBody(faultBody, await readJson(request));
    return json(201, { id: faults.add(definedOnly({ ...fault, match: match && definedOnly(match) })) });
  },
  'DELETE /faults': ({ faults }) => {
    faults.clear();
    return json(200, []);
  },
  'POST /events': async (parts, request) => {
    const event = parseBody(eventBody, await readJson(request));
    const problem = parts.happen(definedOnly(event));
    return problem === undefined ? json(200, { happened: event.kind }) : json(422, { error: problem });
  },
  'POST /robot-tokens': async (parts, request) => {
    const text = await readText(request);
    const { user } = parseBody(robotTokenBody, text === '' ? {} : parseJson(text));
    return json(201, { token: await parts.issueToken(user) });
  },
  'POST /reset-counters': ({ counts }) => {
    counts.reset();
    return json(200, {});
  },
  'POST /advance': async ({ clock }, request) => {
    const { ms } = parseBody(advanceBody, await readJson(request));
    if (!isManual(clock))
      return json(409, { error: 'clock: expected a manual clock, this one runs by itself' });
    clock.advance(ms);
    return json(200, { now: new Date(clock.now()).toISOString() });
  },
};

/** For tests and manual use, never for the product. Errors are `{error}`. */
export function createControl(parts: ControlParts): HttpHandler {
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const { pathname } = urlOf(request);
    const route = ROUTES[`${request.method} ${pathname}`];
    if (route) return route(parts, request);
    const id = /^\/faults\/([^/]+)$/.exec(pathname)?.[1];
    if (id !== undefined && request.method === 'DELETE')
      return parts.faults.remove(id)
        ? json(200, {})
        : json(404, { error: `id: expected a fault, got "${id}"` });
    return json(404, { error: `expected one of ${Object.keys(ROUTES).join(', ')}, DELETE /faults/:id` });
  };
  return (request, response) => {
    const respond = async () => {
      try {
        send(response, await answer(request));
      } catch (error) {
        if (error instanceof ApiError) send(response, json(error.status, { error: error.detail }));
        else send(response, json(500, { error: String(error) }));
      }
    };
    void respond();
  };
}

export function isManual(clock: Clock): clock is Clock & { advance(ms: number): void } {
  return 'advance' in clock;
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
