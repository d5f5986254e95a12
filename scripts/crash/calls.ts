import { setTimeout as sleep } from 'node:timers/promises';

import type { CrashWorld } from './worlds.ts';

const STATE_TIMEOUT_MS = 60_000;

export async function post<T>(
  { api }: CrashWorld,
  path: string,
  body: object,
  idempotencyKey?: string,
): Promise<T> {
  const answer = await api.call('POST', path, body, idempotencyKey === undefined ? {} : { idempotencyKey });
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

/** Rejects when the state is never reached. The first answer may still be transitional. */
export async function waitForState<T extends { state: string }>(
  name: string,
  state: T['state'],
  read: () => Promise<T | undefined>,
): Promise<T> {
  const until = Date.now() + STATE_TIMEOUT_MS;
  for (;;) {
    const found = await read();
    if (found?.state === state) return found;
    if (Date.now() > until) throw new Error(`${name} is not ${state} but ${found?.state}`);
    await sleep(200);
  }
}
