import { setTimeout as sleep } from 'node:timers/promises';

import { backoffMs } from '@cyclorama/shared/backoff.ts';
import { Pool } from 'undici';

import { UpstreamError } from '../lib/errors.ts';
import type { Answer, Call, ReadOptions, RequesterOptions, WriteOptions } from './http-call.ts';
import { exchange } from './http-exchange.ts';
import { defaultAnswerError, explain } from './http-faults.ts';

export type Requester = {
  /** GET with bounded retries. Throws UpstreamError or the caller's abort reason. */
  read(path: string, options?: ReadOptions): Promise<Answer>;
  /** Never retried: the upstream may have acted even where this throws (see `certainlyNotDone`). */
  write(method: 'POST' | 'PUT' | 'DELETE', path: string, options?: WriteOptions): Promise<Answer>;
  close(): Promise<void>;
};

const retryWaits = { firstMs: 150, longestMs: 2_000 };
const retryable = (error: unknown): boolean =>
  error instanceof UpstreamError &&
  (error.fault === 'unreachable' ||
    error.fault === 'cut' ||
    (error.fault === 'failed' && error.detail.status !== 501));

/**
 * Keep-alive connections to one origin or Unix socket, a deadline per call, bounded retries of reads; every fault is an
 * UpstreamError and reported to the health.
 */
export function createRequester(options: RequesterOptions): Requester {
  const { health, label, logger, retries = 2, random = Math.random } = options;
  const pool = new Pool(options.origin, {
    connections: options.maxSockets ?? 16,
    // Off: each call has its own deadline over the whole answer.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: options.connectTimeoutMs ?? 5_000,
      ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
    },
  });
  const inFlight = new Map<string, Promise<Answer>>();

  const attempt = async (call: Call): Promise<Answer> => {
    const answer = await exchange(pool, call, options);
    options.onAnswer?.(answer);
    const good = answer.status >= 200 && answer.status < 300;
    if (good || call.options.okStatuses?.includes(answer.status) === true) return answer;
    throw options.classify?.(answer) ?? defaultAnswerError(health.name, label, answer);
  };

  const report = (call: Call, error: unknown): void => {
    if (!(error instanceof UpstreamError)) return;
    logger.debug(
      {
        upstream: health.name,
        method: call.method,
        path: call.path,
        fault: error.fault,
        status: error.detail.status,
      },
      'upstream call failed',
    );
    if (error.fault !== 'refused') {
      health.failed(explain(label, error), error.fault === 'unauthorized' ? 'refused' : undefined);
    }
  };

  const once = async (call: Call): Promise<Answer> => {
    const answer = await health.timed(() => attempt(call));
    health.succeeded();
    return answer;
  };

  const readWithRetries = async (call: Call): Promise<Answer> => {
    for (let tried = 0; ; tried += 1) {
      try {
        return await once(call);
      } catch (error) {
        if (tried >= retries || !retryable(error)) {
          report(call, error);
          throw error;
        }
        await sleep(backoffMs(tried + 1, { ...retryWaits, random }));
      }
    }
  };

  return {
    async read(path, readOptions = {}) {
      const call: Call = { method: 'GET', path: withQuery(path, readOptions.query), options: readOptions };
      const { key = call.path, signal } = readOptions;
      signal?.throwIfAborted();
      let running = key === null ? undefined : inFlight.get(key);
      if (running === undefined) {
        running = readWithRetries(call);
        if (key !== null) {
          const shared = running;
          inFlight.set(key, shared);
          const forget = (): void => void inFlight.delete(key);
          shared.then(forget, forget);
        }
      }
      return signal === undefined ? running : await abandonable(running, signal);
    },
    async write(method, path, writeOptions = {}) {
      const call: Call = { method, path: withQuery(path, writeOptions.query), options: writeOptions };
      writeOptions.signal?.throwIfAborted();
      try {
        return await once(call);
      } catch (error) {
        report(call, error);
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
}

function withQuery(path: string, query: ReadOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** One caller may stop waiting while the call continues for the others. */
function abandonable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject);
  });
}
