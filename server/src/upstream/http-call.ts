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
  /** Statuses besides 2xx that are an answer to the caller, not an error. */
  okStatuses?: readonly number[];
  /** Reads with the same key share one call in flight; method-less path and query unless said. Null: never shared. */
  key?: string | null;
  /** `text`: the body is not JSON and is not parsed. */
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
  /** How sentences name the upstream: "Cycle's internal API". */
  label: string;
  /** `http://host:port`; with `socketPath` only its host goes into the Host header. */
  origin: string;
  socketPath?: string;
  /** Added to every call; read anew each time. Never logged. */
  headers?: () => Record<string, string>;
  logger: Logger;
  maxSockets?: number;
  connectTimeoutMs?: number;
  readTimeoutMs?: number;
  writeTimeoutMs?: number;
  /** Further tries of a read after the first. */
  retries?: number;
  maxBodyBytes?: number;
  /** 0 ≤ n < 1, for the jitter between tries. */
  random?: () => number;
  /** Turns a vendor's refusal into an error; null leaves it to the status alone. Called for non-2xx only. */
  classify?: (answer: Answer) => UpstreamError | null;
  /** Sees every answer, for rate-limit headers. */
  onAnswer?: (answer: Answer) => void;
};
