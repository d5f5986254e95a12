import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from '../../lib/logger.ts';
import { postWebhook } from '../../lib/post-webhook.ts';

const RETRY_AFTER_MS = [1_000, 5_000, 30_000, 120_000];

type Options = { url: string; logger: Logger; retryAfterMs?: readonly number[] };

/**
 * Posts the newest message as JSON, tried again a few times; one that comes meanwhile takes its place. The address may
 * hold a secret, so it is never logged.
 */
export function createWebhook({ url, logger, retryAfterMs = RETRY_AFTER_MS }: Options): {
  send(message: unknown): void;
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  let newest: unknown;
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    for (const waitMs of [...retryAfterMs, null]) {
      const message = newest;
      const { fault: reason } = await postWebhook(url, JSON.stringify(message), { signal: stopping.signal });
      if (reason === null && message === newest) return;
      if (stopping.signal.aborted) return;
      if (waitMs === null)
        logger.warn({ reason }, 'the head of the record could not be sent to AUDIT_WEBHOOK_URL');
      else if (reason !== null)
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };

  return {
    send(message) {
      newest = message;
      working ??= work().finally(() => (working = null));
    },
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
