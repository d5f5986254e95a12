import type { UpstreamName } from '@cyclorama/shared/common.ts';
import type { ErrorCode } from '@cyclorama/shared/errors.ts';

type Extra = { hint?: string; field?: string; retryAfterSeconds?: number; cause?: unknown };

/** `http/errors.ts` maps the code to a status and a body. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, extra: Extra = {}) {
    super(message, { cause: extra.cause });
    this.code = code;
    this.hint = extra.hint;
    this.field = extra.field;
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

export function isStoreUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store-unavailable';
}

/**
 * How an upstream call failed:
 * - `unconfigured`: no address or credentials. - `unreachable`: no connection, or it broke before an answer began.
 * - `timeout`: no answer in time. - `cut`: the answer broke off. - `invalid`: an answer that can't be read.
 * - `unauthorized`: our credentials were refused. - `rate-limited`: no calls left for now. - `refused`: the upstream
 * said no with a reason (`status`, `upstreamCode`, `upstreamMessage`). - `failed`: 5xx.
 */
export type UpstreamFault =
  | 'unconfigured'
  | 'unreachable'
  | 'timeout'
  | 'cut'
  | 'invalid'
  | 'unauthorized'
  | 'rate-limited'
  | 'refused'
  | 'failed';

type UpstreamDetail = {
  status?: number;
  upstreamCode?: string;
  /** The vendor's message; safe to show, never holding credentials. */
  upstreamMessage?: string;
  /** Seconds until a retry makes sense. */
  retryAfterSeconds?: number;
  /** What to do next, where the client knows something nearer than its kind of fault tells. */
  hint?: string;
  /** True where no connection was made, so nothing of the request was sent. */
  neverSent?: boolean;
  cause?: unknown;
};

export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly upstream: UpstreamName;
  readonly fault: UpstreamFault;
  readonly detail: Omit<UpstreamDetail, 'cause'>;

  constructor(
    upstream: UpstreamName,
    fault: UpstreamFault,
    message: string,
    { cause, ...detail }: UpstreamDetail = {},
  ) {
    super(message, { cause });
    this.upstream = upstream;
    this.fault = fault;
    this.detail = detail;
  }

  /** True where the upstream can't have acted: the request was never sent, or was refused. */
  get certainlyNotDone(): boolean {
    if (this.detail.neverSent === true) return true;
    return ['unconfigured', 'unauthorized', 'rate-limited', 'refused'].includes(this.fault);
  }
}
