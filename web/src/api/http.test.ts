// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { ApiError, api, setCsrfToken, whenUnauthenticated, withQuery } from './http.ts';

const answer = (status: number, body: unknown) =>
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify(body), { status }));

afterEach(() => {
  vi.restoreAllMocks();
  setCsrfToken(null);
  whenUnauthenticated(() => {});
});

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
}

it('parses an answer by its schema', async () => {
  answer(200, { n: 1, more: true });
  await expect(api.get('/x', z.object({ n: z.number() }))).resolves.toEqual({ n: 1 });
});

it('names the field of an answer it can’t read', async () => {
  answer(200, { n: 'one' });
  const error = await failure(api.get('/x', z.object({ n: z.number() })));
  expect(error.code).toBe('unreadable');
  expect(error.message).toContain('n:');
});

it('carries code, hint and request id of an error body', async () => {
  answer(409, { error: { code: 'conflict', message: 'Taken.', hint: 'Book another.', requestId: 'r1' } });
  const error = await failure(api.post('/x', {}, z.unknown()));
  expect(error).toMatchObject({
    status: 409,
    code: 'conflict',
    message: 'Taken.',
    hint: 'Book another.',
    requestId: 'r1',
  });
});

it('says so when the session has ended, and not for a refused sign-in', async () => {
  const ended = vi.fn<() => void>();
  whenUnauthenticated(ended);
  answer(401, { error: { code: 'sign-in-refused', message: 'No.', requestId: 'r' } });
  await failure(api.post('/x', {}, z.unknown()));
  expect(ended).not.toHaveBeenCalled();
  answer(401, { error: { code: 'unauthenticated', message: 'No.', requestId: 'r' } });
  await failure(api.get('/x', z.unknown()));
  expect(ended).toHaveBeenCalledOnce();
});

it('sends the token with changes and with nothing else', async () => {
  setCsrfToken('token');
  const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('{}'));
  await api.get('/x', z.unknown());
  await api.post('/x', { a: 1 }, z.unknown());
  await api.delete('/x');
  const sent = fetch.mock.calls.map(([, init]) => new Headers(init?.headers).get('x-csrf-token'));
  expect(sent).toEqual([null, 'token', 'token']);
});

it('tells that nothing answered', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('network'));
  expect(await failure(api.get('/x', z.unknown()))).toMatchObject({ status: 0, code: 'unreachable' });
});

it('leaves empty parameters out of a query', () =>
  expect(withQuery('/x', { a: 1, b: undefined, c: '', d: 'e f' })).toBe('/x?a=1&d=e+f'));
