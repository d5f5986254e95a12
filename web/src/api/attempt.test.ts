// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { createAttempts } from './attempt.ts';
import { ApiError } from './http.ts';

const body = { deploymentId: 'd' };
const failure = (status: number, code: ApiError['code']) => new ApiError({ status, code, message: 'no' });

it.each([
  ['no answer', failure(0, 'unreachable')],
  ['a proxy’s own error page', failure(502, 'unreadable')],
  ['an answer that can’t be read', failure(201, 'unreadable')],
  ['an unexpected error', failure(500, 'internal')],
])('keeps the key after %s', (_, error) => {
  const attempts = createAttempts();
  const key = attempts.keyFor(body);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  attempts.failed(error);
  expect(attempts.keyFor({ ...body })).toBe(key);
});

it('makes a new key after an answer, after a refusal and for another input', () => {
  const attempts = createAttempts();
  const keys = [attempts.keyFor(body)];
  attempts.answered();
  keys.push(attempts.keyFor(body));
  attempts.failed(failure(409, 'not-allowed-now'));
  keys.push(attempts.keyFor(body));
  keys.push(attempts.keyFor({ deploymentId: 'e' }));
  keys.push(attempts.keyFor(undefined));
  expect(new Set(keys).size).toBe(keys.length);
});
