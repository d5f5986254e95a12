import type { Operation } from '@cyclorama/shared/catalogue.ts';
import type { UpstreamName } from '@cyclorama/shared/common.ts';
import type { Request, Response } from 'express';

import { UpstreamError } from '../../lib/errors.ts';
import { defaultAnswerError } from '../../upstream/http-faults.ts';
import { rateLimitOf } from '../../upstream/rerobots/errors.ts';
import { chooseEncoding, encodeBody, sendEncoded } from '../json-response.ts';
import { pickAnswer } from './pick-fields.ts';
import type { ProxyAnswer, ProxyTarget } from './proxy-exchange.ts';

const PASSED_HEADERS = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

/**
 * Refused credentials and rate limits concern the server's token: the page must not take them for its session's.
 * @throws UpstreamError
 */
export function refuseUnusable({ name, label }: ProxyTarget, answer: ProxyAnswer, nowMs: number): void {
  const { status, text } = answer;
  if (status === 401 || status === 429)
    throw defaultAnswerError(name, label, { status, headers: plain(answer) });
  if (name !== 'rerobots') return;
  if (status === 400 && /wrong authorization token|authentication failed/.test(text)) {
    throw new UpstreamError(name, 'unauthorized', `${label} refused our credentials.`, { status });
  }
  const budget = rateLimitOf(plain(answer));
  if (status === 403 && text === '' && budget !== null && budget.remaining <= 0) {
    throw rateLimited(name, label, budget.resetsAtMs, nowMs);
  }
}

function rateLimited(name: UpstreamName, label: string, resetsAtMs: number, nowMs: number): UpstreamError {
  const retryAfterSeconds = Math.max(1, Math.ceil((resetsAtMs - nowMs) / 1000));
  return new UpstreamError(name, 'rate-limited', `${label} allows no more calls for now.`, {
    retryAfterSeconds,
  });
}

/**
 * Only fields that the catalogue names; `X-Fields-Left-Out` says how many names were not among them, and which.
 * `X-Upstream-Status` marks the upstream's own answers.
 */
export async function sendProxyAnswer(
  request: Request,
  response: Response,
  { name, label }: ProxyTarget,
  operation: Operation,
  answer: ProxyAnswer,
): Promise<void> {
  const { status, text } = answer;
  const json = text.trim() === '' ? undefined : parse(text);
  const usable = status >= 200 && (status < 300 || status >= 400) && json !== NOT_JSON;
  if (!usable)
    throw new UpstreamError(name, 'invalid', `${label} sent an answer that is not JSON (${status}).`, {
      status,
    });
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Upstream-Status': String(status) });
  for (const header of PASSED_HEADERS) {
    const value = answer.headers[header];
    if (value !== undefined) response.set(header, value);
  }
  if (json === undefined) {
    response.end();
    return;
  }
  const { value, leftOut } = pickAnswer(operation, status, json);
  if (leftOut.length > 0) response.set('X-Fields-Left-Out', summaryOf(leftOut));
  const body = Buffer.from(JSON.stringify(value));
  const encoding = chooseEncoding(request, body.length);
  response.vary('Accept-Encoding');
  sendEncoded(response, await encodeBody(body, encoding), encoding);
}

const MAX_NAMES = 20;

/** `3: colour, new_field`; a name that could be more than a name is only counted. */
function summaryOf(names: string[]): string {
  const plainNames = names.filter((name) => /^[a-z_]\w{0,40}$/i.test(name)).slice(0, MAX_NAMES);
  return [String(names.length), plainNames.join(', ')].filter((part) => part !== '').join(': ');
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

export function plain({ headers }: ProxyAnswer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
