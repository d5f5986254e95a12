import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent as HttpAgent, ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';

import type { UpstreamName } from '@cyclorama/shared/common.ts';
import type { Request, Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import type { Options } from 'http-proxy-middleware';

import { UpstreamError } from '../../lib/errors.ts';
import { traceHeaders } from '../../lib/request-context.ts';
import { readText } from '../../upstream/http-body.ts';
import { transportError } from '../../upstream/http-faults.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const DEADLINE_MS = 30_000;
const PASSED_HEADERS = ['accept', 'content-type'] as const;

/** `headers` are added to every call and replace the client's. */
export type ProxyTarget = {
  name: UpstreamName;
  label: string;
  target: NonNullable<Options['target']>;
  headers: Record<string, string>;
  /** Called for each request; null: no credentials now. */
  authorization?: () => string | null | Promise<string | null>;
  /** Another one for what the upstream refused with 401, to be tried once. */
  renew?: (refused: string) => Promise<string>;
};

export type ProxyAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

export type Exchange = {
  /** `url` and `body` replace the request's own, `authorization` is added. @throws UpstreamError */
  send(
    request: Request,
    response: Response,
    call: { url: string; body: Buffer; authorization?: string | null },
  ): Promise<ProxyAnswer>;
  close(): void;
};

type Waiting = { body: Buffer; resolve(answer: ProxyAnswer): void; reject(error: unknown): void };

/**
 * Connections are kept per upstream. Of the client's headers only `accept` and `content-type` are forwarded: no cookie,
 * no authorization, no address.
 */
export function createExchange(
  { name, label, target, headers }: ProxyTarget,
  deadlineMs = DEADLINE_MS,
): Exchange {
  const waiting = new WeakMap<IncomingMessage, Waiting>();
  const secure = typeof target === 'string' && target.startsWith('https:');
  // Slow answers would use up the shared agent's 256 sockets.
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: Infinity });
  const fault = (cause: unknown, status?: number): UpstreamError =>
    transportError(name, label, cause, status);

  const middleware = createProxyMiddleware({
    target,
    agent,
    headers,
    proxyTimeout: deadlineMs + 5_000,
    selfHandleResponse: true,
    router: (request, _response, options) => {
      options.buffer = Readable.from([waiting.get(request)?.body ?? Buffer.alloc(0)]);
      return target;
    },
    on: {
      proxyRes: (proxyRes, request) => {
        const { statusCode: status = 502, headers: answered } = proxyRes;
        readText(proxyRes, MAX_BYTES).then(
          (text) => waiting.get(request)?.resolve({ status, headers: answered, text }),
          (cause: unknown) => waiting.get(request)?.reject(fault(cause, status)),
        );
      },
      error: (cause, request) => waiting.get(request)?.reject(fault(cause)),
    },
  });

  return {
    send(request, response, { url, body, authorization }) {
      const { headers: original } = request;
      request.url = url;
      request.headers = {
        ...passedHeaders(request, body),
        ...traceHeaders(),
        ...authorizationHeader(authorization),
      };
      return new Promise<ProxyAnswer>((resolve, reject) => {
        // The proxy destroys its response when the upstream breaks off; a stand-in leaves ours to answer with.
        const standIn = new ServerResponse(request);
        const giveUp = (): void => void standIn.emit('close');
        const settle = (): void => {
          clearTimeout(deadline);
          response.off('close', giveUp);
          request.headers = original;
        };
        const fail = (error: unknown): void => (settle(), reject(error));
        waiting.set(request, { body, resolve: (answer) => (settle(), resolve(answer)), reject: fail });
        const deadline = setTimeout(() => {
          fail(new UpstreamError(name, 'timeout', `${label} did not answer in time.`));
          giveUp();
        }, deadlineMs);
        response.once('close', giveUp);
        void middleware(request, standIn, (cause?: unknown) => {
          if (cause !== undefined) fail(fault(cause));
        });
      });
    },
    close: () => agent.destroy(),
  };
}

function authorizationHeader(authorization: string | null | undefined): IncomingHttpHeaders {
  return authorization === null || authorization === undefined ? {} : { authorization };
}

function passedHeaders(request: Request, body: Buffer): IncomingHttpHeaders {
  const passed: IncomingHttpHeaders = {};
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) passed[name] = value;
  }
  if (body.length > 0) passed['content-type'] ??= 'application/json';
  if (request.method !== 'GET') passed['content-length'] = String(body.length);
  return passed;
}
