// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { ApiError } from './http.ts';
import { createQueryClient } from './query-client.ts';

const failure = (status: number, code: 'starting' | 'unreachable') =>
  new ApiError({ status, code, message: 'It failed.' });

it.each([
  [failure(0, 'unreachable'), 3],
  [failure(503, 'starting'), 3],
  [new ApiError({ status: 404, code: 'not-found', message: 'There is none.' }), 1],
])('reads again what may work a moment later: %o', async (error, expected) => {
  const client = createQueryClient();
  let tries = 0;
  const queryFn = () => {
    tries += 1;
    throw error;
  };
  await expect(
    client.fetchQuery({
      queryKey: ['x'],
      queryFn,
      retry: client.getDefaultOptions().queries?.retry,
      retryDelay: 1,
    }),
  ).rejects.toBe(error);
  expect(tries).toBe(expected);
});
