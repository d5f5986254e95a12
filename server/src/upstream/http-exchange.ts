import type { Dispatcher, Pool } from 'undici';

import { UpstreamError } from '../lib/errors.ts';
import { traceHeaders } from '../lib/request-context.ts';
import { parseVisible } from '../lib/visible-text.ts';
import { readText } from './http-body.ts';
import type { Answer, AnswerHeaders, Call, RequesterOptions } from './http-call.ts';
import { transportError } from './http-faults.ts';
import { isNestedTooDeep } from './json-depth.ts';

/**
 * Returns the answer whatever its status. Throws UpstreamError where there is no readable one, or the caller's abort
 * reason.
 */
export async function exchange(pool: Pool, call: Call, options: RequesterOptions): Promise<Answer> {
  const { health, label } = options;
  const write = call.method !== 'GET';
  const timeoutMs =
    call.options.timeoutMs ??
    (write ? (options.writeTimeoutMs ?? 20_000) : (options.readTimeoutMs ?? 10_000));
  // A shared read must outlive the caller who started it, so only a write gets its caller's signal.
  const limit = limitOf(timeoutMs, write ? call.options.signal : undefined);
  let response: Dispatcher.ResponseData | undefined;
  let text: string;
  try {
    response = await pool.request({
      method: call.method,
      path: call.path,
      headers: {
        accept: 'application/json',
        ...traceHeaders(),
        ...options.headers?.(),
        ...call.options.headers,
        ...contentType(call),
      },
      body: bodyOf(call),
      signal: limit.signal,
    });
    const most = options.maxBodyBytes ?? 64 * 1024 * 1024;
    // Node delivers no more than the declared length, so a small answer needs no counting.
    const small = Number(response.headers['content-length']) <= most;
    text = await (small ? response.body.text() : readText(response.body, most));
  } catch (error) {
    if (write) call.options.signal?.throwIfAborted();
    throw transportError(health.name, label, error, response?.statusCode);
  } finally {
    limit.clear();
  }
  const answer: Answer = {
    status: response.statusCode,
    headers: plainHeaders(response.headers),
    json: undefined,
    text,
  };
  const good = answer.status >= 200 && answer.status < 300;
  if (text.trim() !== '' && !(good && call.options.expect === 'text')) {
    if (isNestedTooDeep(text)) {
      throw new UpstreamError(health.name, 'invalid', `${label} sent an answer that is nested too deep.`, {
        status: answer.status,
      });
    }
    try {
      answer.json = parseVisible(text);
    } catch (cause) {
      if (good) {
        throw new UpstreamError(health.name, 'invalid', `${label} sent an answer that is not valid JSON.`, {
          status: answer.status,
          cause,
        });
      }
    }
  }
  return answer;
}

/**
 * Aborts with a TimeoutError after `timeoutMs`, or with the caller's signal. `AbortSignal.timeout` and `.any` cost as
 * much as the call itself at a batch's rate.
 */
function limitOf(timeoutMs: number, caller?: AbortSignal): { signal: AbortSignal; clear: () => void } {
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new DOMException('no answer in time', 'TimeoutError')),
    timeoutMs,
  );
  const giveUp = (): void => abort.abort(caller?.reason);
  if (caller?.aborted === true) giveUp();
  caller?.addEventListener('abort', giveUp);
  const clear = (): void => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', giveUp);
  };
  return { signal: abort.signal, clear };
}

function bodyOf({ options }: Call): string | undefined {
  if (options.form !== undefined) return new URLSearchParams(options.form).toString();
  return options.json === undefined ? undefined : JSON.stringify(options.json);
}

function contentType({ options }: Call): Record<string, string> {
  if (options.form !== undefined) return { 'content-type': 'application/x-www-form-urlencoded' };
  return options.json === undefined ? {} : { 'content-type': 'application/json' };
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): AnswerHeaders {
  const plain: AnswerHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}
