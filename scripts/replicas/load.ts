import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import type { Api } from '../lib/signed-in.ts';

const PAUSE_MS = 300;
const PATIENCE_MS = 60_000;
/** What a page tries again under the same key: nothing was done, or nobody knows. */
const again = new Set([429, 500, 502, 503, 504]);

export type Load = {
  /** Claims that were answered, and when, epoch milliseconds. */
  readonly granted: ReadonlyMap<string, number>;
  /** Asked for and refused for good, with the answer. */
  readonly refused: readonly string[];
  /** Stops and waits for what is under way. */
  stop(): Promise<void>;
};

/** Somebody who claims and releases one after the other through the proxy, and asks again under the same key. */
export function startLoad(api: Api, containerId: string): Load {
  const granted = new Map<string, number>();
  const refused: string[] = [];
  const stopped = new AbortController();

  const insist = async (path: string, body: object): Promise<unknown> => {
    const idempotencyKey = randomUUID();
    for (const until = Date.now() + PATIENCE_MS; ;) {
      const answer = await api
        .call('POST', path, body, { idempotencyKey, timeoutMs: 15_000 })
        .catch(() => ({ status: 503, body: null }));
      if (answer.status < 300) return answer.body;
      if (!again.has(answer.status) || Date.now() > until) {
        refused.push(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
        return null;
      }
      await sleep(PAUSE_MS);
    }
  };
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const claim = (await insist(paths.claims(), { containerId })) as Claim | null;
      if (claim !== null) {
        granted.set(claim.id, Date.now());
        // A claim that nobody spawns is over after ten seconds by itself, which refuses the release.
        await insist(paths.claimRelease(claim.id), {});
      }
      await sleep(PAUSE_MS);
    }
  };
  const running = run();
  return {
    granted,
    refused,
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
