import type { UpstreamName } from '@cyclorama/shared/common.ts';
import { errorBody } from '@cyclorama/shared/errors.ts';
import type { ErrorCode } from '@cyclorama/shared/errors.ts';
import { LAST_EVENT_ID_HEADER } from '@cyclorama/shared/events.ts';
import { IDEMPOTENCY_KEY_HEADER } from '@cyclorama/shared/idempotency.ts';
import type { z } from 'zod';

import { basePath } from '../lib/base-path.ts';
import { checkServerClock } from '../lib/server-clock.ts';
import { getConnection } from './connection.ts';

const TIMEOUT_MS = 30_000;

/** The BFF's codes and two of the page's own: no response, and an unparsable one. */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unreadable';

type ApiErrorFields = {
  status: number;
  code: ApiErrorCode;
  message: string;
  hint?: string | undefined;
  field?: string | undefined;
  upstream?: UpstreamName | undefined;
  retryAfterSeconds?: number | undefined;
  requestId?: string | undefined;
};

/** `status` is 0 without a response. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly hint: string | undefined;
  readonly field: string | undefined;
  readonly upstream: UpstreamName | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;

  constructor(fields: ApiErrorFields) {
    super(fields.message);
    this.status = fields.status;
    this.code = fields.code;
    this.hint = fields.hint;
    this.field = fields.field;
    this.upstream = fields.upstream;
    this.retryAfterSeconds = fields.retryAfterSeconds;
    this.requestId = fields.requestId;
  }
}

/** No response, or one from a proxy that can't reach the dashboard. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 0 || (error.code === 'unreadable' && error.status >= 500);
}

let csrfToken: string | null = null;
let lastEventId = '';
let onUnauthenticated: () => void = () => {};

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

export function whenUnauthenticated(handler: () => void): void {
  onUnauthenticated = handler;
}

/** The newest event when the session was read: a stream from there misses nothing of what was read since. */
export const eventIdOfSession = (): string => lastEventId;

type Query = Record<string, string | number | boolean | undefined>;

export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function apiErrorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = errorBody.safeParse(body);
  if (parsed.success) return new ApiError({ status: response.status, ...parsed.data.error });
  return new ApiError({
    status: response.status,
    code: 'unreadable',
    message: `The server answered ${response.status} without saying why.`,
    hint: 'Try again in a moment.',
    requestId: response.headers.get('x-request-id') ?? undefined,
  });
}

async function send(path: string, init: RequestInit, timeoutMs: number): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(basePath + path, { credentials: 'same-origin', ...init, signal });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    // While events arrive, only this one request is blocked.
    const isLive = getConnection().state === 'live';
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      message: timeout.aborted
        ? `The dashboard did not answer within ${timeoutMs / 1000} s.`
        : `${isLive ? 'This part of the dashboard' : 'The dashboard'} can’t be reached.`,
      hint: isLive
        ? `Everything else works: an ad blocker or a proxy may refuse ${basePath}${path.split('?', 1)[0]}. The page tries again by itself.`
        : 'Check your network or VPN connection; the page tries again by itself.',
    });
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const failure = await apiErrorOf(response);
  if (failure.code === 'unauthenticated') onUnauthenticated();
  return failure;
}

async function request<T>(
  path: string,
  init: RequestInit,
  schema: z.ZodType<T> | undefined,
  timeoutMs: number = TIMEOUT_MS,
): Promise<T | undefined> {
  const response = await send(path, init, timeoutMs);
  checkServerClock(response.headers.get('date'), Date.now());
  lastEventId = response.headers.get(LAST_EVENT_ID_HEADER) ?? lastEventId;
  if (!response.ok) {
    throw await refusalOf(response);
  }
  if (schema === undefined) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiError({
    status: response.status,
    code: 'unreadable',
    message: `The server’s answer for ${path} is not what this page expects (${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'unreadable'}).`,
    hint: 'Page and server may be of different versions: reload the page.',
    requestId: response.headers.get('x-request-id') ?? undefined,
  });
}

const changing = (method: string, body?: unknown, key?: string): RequestInit => ({
  method,
  headers: {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(csrfToken === null ? {} : { 'x-csrf-token': csrfToken }),
    ...(key === undefined ? {} : { [IDEMPOTENCY_KEY_HEADER]: key }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/** Responses are parsed by their schema; every failure is an `ApiError`. */
export const api = {
  async get<T>(
    path: string,
    schema: z.ZodType<T>,
    init: Pick<RequestInit, 'cache' | 'signal'> = {},
  ): Promise<T> {
    // With a schema, request() returns its output.
    return (await request(path, init, schema)) as T;
  },
  /** `key`: lets the server distinguish a repeated request from a new one. `timeoutMs`: for a claim waiting in a queue. */
  async post<T>(
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    { key, timeoutMs }: { key?: string; timeoutMs?: number } = {},
  ): Promise<T> {
    return (await request(path, changing('POST', body ?? {}, key), schema, timeoutMs)) as T;
  },
  async put<T = void>(path: string, body: unknown, schema?: z.ZodType<T>): Promise<T> {
    return (await request(path, changing('PUT', body), schema)) as T;
  },
  async delete<T = void>(path: string, schema?: z.ZodType<T>): Promise<T> {
    return (await request(path, changing('DELETE'), schema)) as T;
  },
};

/** An upstream's own answer, whatever its status; what the dashboard itself refuses is an `ApiError`. */
export async function askUpstream(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, key }: { body?: unknown; key?: string },
): Promise<Response> {
  const response = await send(path, method === 'GET' ? {} : changing(method, body, key), TIMEOUT_MS);
  if (response.headers.has('x-upstream-status')) return response;
  throw await refusalOf(response);
}
