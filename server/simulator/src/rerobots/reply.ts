import type { ServerResponse } from 'node:http';

import { pythonJson } from './format.ts';
import type { Bucket } from './limit.ts';

/**
 * The content type an error of a route carries. The server has two ways of building one, and which a route uses can
 * only be read off its answers: `charset` (with charset, empty bodies as octet-stream) or `bare` (`application/json`).
 */
export type ErrorStyle = 'charset' | 'bare';

export type Reply = {
  status: number;
  json?: unknown;
  text?: string;
  style?: ErrorStyle;
  /** Answered by the web framework itself: its own Server header, no rate-limit headers. */
  framework?: boolean;
  /** Raised, not returned, on the server: it bypasses the middleware that adds the CORS headers. */
  raised?: boolean;
  close?: boolean;
  headers?: readonly (readonly [string, string])[];
};

export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

export function ok(json: unknown): Reply {
  return { status: 200, json };
}

/** Most successful changes answer with an empty body. */
export function empty(status = 200, style?: ErrorStyle): Reply {
  return style ? { status, style } : { status };
}

/** `error_message` is the key almost every route uses. */
export function refuse(status: number, message: string): Refusal {
  return new Refusal({ status, json: { error_message: message } });
}

export const internalError: Reply = {
  status: 500,
  text: '500 Internal Server Error\n\nServer got itself in trouble',
  framework: true,
  raised: true,
  close: true,
};

/** The catch-all: unknown path, wrong method, ids that are no UUIDs. */
export const unrecognized: Reply = { status: 400, json: { error_message: 'unrecognized command' } };

const FRAMEWORK_SERVER = 'Python/3.11 aiohttp/3.8.4';
const KNOWN_ORIGINS = new Set(['http://localhost:3000']);

function contentType(reply: Reply, style: ErrorStyle): string {
  if (reply.text !== undefined) return 'text/plain; charset=utf-8';
  const bare = (reply.style ?? style) === 'bare' && reply.status >= 400;
  if (reply.json === undefined) return bare && reply.style ? 'application/json' : 'application/octet-stream';
  return bare ? 'application/json' : 'application/json; charset=utf-8';
}

export type Writing = {
  bucket: Bucket | undefined;
  style: ErrorStyle;
  origin: string | undefined;
  now: number;
};

function headerList(reply: Reply, body: string, writing: Writing): [string, string][] {
  const { bucket, origin, style, now } = writing;
  const list: [string, string][] = [];
  if (bucket && !reply.framework)
    list.push(
      ['X-RateLimit-Limit', String(bucket.limit)],
      ['X-RateLimit-Remaining', String(bucket.remaining)],
      ['X-RateLimit-Reset', String(bucket.reset)],
    );
  if (!reply.framework) list.push(['Server', 'rerobots.net']);
  for (const [name, value] of reply.headers ?? []) list.push([name, value]);
  const type: [string, string] = ['Content-Type', contentType(reply, style)];
  if (body !== '') list.push(type);
  if (!reply.raised)
    list.push(
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', 'GET,POST,DELETE'],
      ['Access-Control-Allow-Origin', origin !== undefined && KNOWN_ORIGINS.has(origin) ? origin : '*'],
    );
  list.push(['Content-Length', String(Buffer.byteLength(body))]);
  if (body === '') list.push(type);
  list.push(['Date', new Date(now).toUTCString()]);
  if (reply.framework) list.push(['Server', FRAMEWORK_SERVER]);
  if (reply.close) list.push(['Connection', 'close']);
  return list;
}

/** Headers and their order are the real server's. */
export function writeReply(response: ServerResponse, reply: Reply, writing: Writing): void {
  if (response.headersSent || response.destroyed) return;
  const body = reply.text ?? (reply.json === undefined ? '' : pythonJson(reply.json));
  // Node would add "Connection: keep-alive", which this server does not send.
  if (!reply.close) response.removeHeader('Connection');
  response.sendDate = false;
  response.writeHead(reply.status, headerList(reply, body, writing).flat());
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
