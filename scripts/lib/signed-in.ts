import { IDEMPOTENCY_KEY_HEADER } from '../../shared/src/idempotency.ts';
import type { Account } from './accounts.ts';

export type Api = {
  /** Headers that carry the session, for other HTTP clients. */
  readonly headers: Record<string, string>;
  /** Rejects where no answer comes within `timeoutMs`. */
  call: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    how?: { timeoutMs?: number; idempotencyKey?: string },
  ) => Promise<ApiAnswer>;
};
export type ApiAnswer = { status: number; body: unknown };

export async function signIn(url: string, account: Account): Promise<Api> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`sign-in as ${account.username} was refused: ${await response.text()}`);
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const headers = { cookie, 'x-csrf-token': csrfToken };
  return {
    headers,
    async call(method, path, body, { timeoutMs = 30_000, idempotencyKey } = {}) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(idempotencyKey === undefined ? {} : { [IDEMPOTENCY_KEY_HEADER]: idempotencyKey }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
  };
}
