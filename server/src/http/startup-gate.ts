import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { ErrorBody } from '@cyclorama/shared/errors.ts';

import { stripBasePath } from './base-path.ts';

const RETRY_AFTER_SECONDS = 2;
const MESSAGE = 'Cyclorama is starting.';

export type StartupGate = {
  listener: RequestListener;
  readonly isOpen: boolean;
  /** From now on the app answers. */
  open(app: RequestListener): void;
  /** From then on each answer closes its connection: a proxy that reused one would find the port closed. */
  drain(): void;
};

/** Until `open`: alive, not ready, and other requests wait briefly. */
export function createStartupGate(
  basePath: string,
  setHeaders: (response: ServerResponse) => void = () => undefined,
): StartupGate {
  const starting = stripBasePath((request, response) => {
    setHeaders(response);
    answerStarting(request, response);
  }, basePath);
  let answer = starting;
  let draining = false;
  return {
    listener(request, response) {
      if (draining) response.shouldKeepAlive = false;
      answer(request, response);
    },
    get isOpen() {
      return answer !== starting;
    },
    open(app) {
      answer = app;
    },
    drain() {
      draining = true;
    },
  };
}

function answerStarting({ url = '/' }: IncomingMessage, response: ServerResponse): void {
  const path = url.split('?', 1)[0] ?? '/';
  response.setHeader('Cache-Control', 'no-store');
  if (path === '/healthz') return sendJson(response, 200, { up: true });
  response.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
  if (path === '/readyz') {
    return sendJson(response, 503, { ready: false, store: 'opening', cycle: 'starting' });
  }
  if (path.startsWith('/api/')) {
    const body: ErrorBody = {
      error: {
        code: 'starting',
        message: MESSAGE,
        hint: 'Try again in a moment.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        requestId: randomUUID(),
      },
    };
    return sendJson(response, 503, body);
  }
  response.setHeader('Refresh', String(RETRY_AFTER_SECONDS));
  response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${MESSAGE} This page comes up by itself in a moment.\n`);
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
