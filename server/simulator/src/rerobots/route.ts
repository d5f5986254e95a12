import { Refusal, internalError } from './reply.ts';
import type { ErrorStyle, Reply } from './reply.ts';
import type { Caller, Tokens } from './tokens.ts';
import type { World } from './world.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

export type Call = {
  world: World;
  tokens: Tokens;
  caller: Caller | null;
  query: URLSearchParams;
  body: string;
  address: string;
  param: (name: string) => string;
};

export type GuardedCall = Call & { caller: Caller };
type Answer = Reply | Promise<Reply>;

export type Route = {
  method: Method;
  pattern: RegExp;
  /** Needs a valid token; on other routes a bad token counts as none. */
  guarded: boolean;
  /** The `error_message` for a missing or bad token. */
  tokenError: string;
  style: ErrorStyle;
  handle: (call: Call) => Answer;
};

const kinds: Record<string, string> = {
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
  word: '[A-Za-z0-9_]+',
  sha256: '[0-9a-fA-F]{64}',
  int: '[0-9]+',
  any: '[^/]+',
};

/** Turns `/instance/{id:uuid}` into a pattern with named groups. */
function compile(path: string): RegExp {
  const source = path.replace(/\{(\w+):(\w+)\}/g, (_whole, name: string, kind: string) => {
    const expression = kinds[kind];
    if (!expression)
      throw new Error(`route ${path}: expected one of ${Object.keys(kinds).join(', ')}, got ${kind}`);
    return `(?<${name}>${expression})`;
  });
  return new RegExp(`^${source}$`);
}

export function open(method: Method, path: string, style: ErrorStyle, handle: (call: Call) => Answer): Route {
  return { method, pattern: compile(path), guarded: false, tokenError: '', style, handle };
}

/** Answers 400 with `tokenError` without a valid token. */
export function guarded(
  method: Method,
  path: string,
  style: ErrorStyle,
  handle: (call: GuardedCall) => Answer,
  tokenError = 'wrong authorization token',
): Route {
  return {
    method,
    pattern: compile(path),
    guarded: true,
    tokenError,
    style,
    handle: (call) => {
      const { caller } = call;
      if (!caller) throw new Error('a guarded route was called without a caller');
      return handle({ ...call, caller });
    },
  };
}

/**
 * The request's JSON object; undefined for an empty body. Malformed JSON, and anything Python could not look a key
 * up in (a number, null), is an unhandled exception on the server: 500. A list or string holds no option.
 */
export function jsonBody(call: Call): Record<string, unknown> | undefined {
  if (call.body.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    throw new Refusal(internalError);
  }
  if (Array.isArray(value) || typeof value === 'string') return {};
  if (value === null || typeof value !== 'object') throw new Refusal(internalError);
  return value as Record<string, unknown>;
}

export function flag(query: URLSearchParams, key: string): boolean {
  const value = query.get(key);
  return value !== null && !['f', 'false', '0'].includes(value.toLowerCase());
}
