import type { UpstreamError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { UpstreamHealth } from './health.ts';

/** Header names are lower-case; a repeated header has its values joined by ", ". */
export type AnswerHeaders = Record<string, string>;

/** `json` is undefined where the body is empty or (on a refusal) not JSON; `text` is always the body as it came. */
export type Answer = { status: number; headers: AnswerHeaders; json: unknown; text: string };

type QueryValue = string | number | boolean | undefined;

export type ReadOptions = {
  query?: Record<string, QueryValue>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Non-2xx statuses to return instead of throwing. */
  okStatuses?: readonly number[];
  /** Reads with the same key share one call in flight; default: path and query. Null: never shared. */
  key?: string | null;
  /** `text`: the body of a good answer is left as it came; what is refused may be JSON all the same. */
  expect?: 'json' | 'text';
};

export type WriteOptions = Omit<ReadOptions, 'key'> & {
  json?: unknown;
  form?: Record<string, string>;
};

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  options: WriteOptions;
};

export type RequesterOptions = {
  health: UpstreamHealth;
  /** The upstream's name in sentences: "Cycle's internal API". */
  label: string;
  /** `http://host:port`; with `socketPath` only its host goes into the Host header. */
  origin: string;
  socketPath?: string;
  /** Called for every request. Never logged. */
  headers?: () => Record<string, string>;
  logger: Logger;
  maxSockets?: number;
  connectTimeoutMs?: number;
  readTimeoutMs?: number;
  writeTimeoutMs?: number;
  /** Retries of a read after the first try. */
  retries?: number;
  maxBodyBytes?: number;
  /** 0 ≤ n < 1, for the jitter of retries. */
  random?: () => number;
  /** Turns a vendor's refusal into an error; null: only the status counts. Called for non-2xx only. */
  classify?: (answer: Answer) => UpstreamError | null;
  /** Called with every answer, for rate-limit headers. */
  onAnswer?: (answer: Answer) => void;
};
