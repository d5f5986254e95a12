import { beforeAll, expect, it } from 'vitest';

import { aboutOperations } from '../features/about/routes.ts';
import { createApiDocument } from '../features/api-document/document.ts';
import { eventStreamOperation } from '../http/sse.ts';
import { createAnswerCheck } from './answer-check.fixture.ts';
import type { AnswerCheck, SeenAnswer } from './answer-check.fixture.ts';

const alive = { up: true };
const answer = (body: object | string, over: Partial<SeenAnswer> = {}): SeenAnswer => ({
  method: 'GET',
  path: '/healthz',
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...over,
});
const error = { error: { code: 'not-found', message: 'None.', requestId: 'r' } };

let check: AnswerCheck;
beforeAll(() => {
  const operations = [...aboutOperations, eventStreamOperation];
  check = createAnswerCheck(createApiDocument({ operations, version: '1', cookieName: 'c', serverUrl: '/' }));
});

it('takes an answer that is as the document says', () => {
  expect(check(answer(alive))).toBeNull();
  expect(check(answer(error, { path: '/api/nothing', status: 404 }))).toBeNull();
});

it.each([
  ['a field', answer({ ...alive, secret: 'x' }), /secret/],
  ['a missing field', answer({}), /up/],
  ['a status', answer(alive, { status: 418 }), /status 418/],
  ['a type', answer('<p>', { headers: { 'content-type': 'text/html' } }), /text\/html/],
  ['an error’s code', answer({ error: { ...error.error, code: 'odd' } }, { status: 500 }), /code/],
  ['an address', answer(alive, { path: '/api/nothing' }), /does not name/],
  [
    'an event',
    answer('id: 1\ndata: {"type":"odd"}\n\n', {
      path: '/api/events',
      headers: { 'content-type': 'text/event-stream' },
    }),
    /epoch/,
  ],
])('finds %s that the document does not name', (_what, seen, problem) => {
  expect(check(seen)).toMatch(problem);
});
