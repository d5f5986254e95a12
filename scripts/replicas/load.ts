import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim } from '../../shared/src/claims.ts';
import { paths } from '../../shared/src/paths.ts';
import { isOpenClaim } from '../../shared/src/rules/claims.ts';
import type { Api } from '../lib/signed-in.ts';

const PAUSE_MS = 300;
const PATIENCE_MS = 60_000;
/** What a page tries again under the same key: nothing was done, or nobody knows. */
const again = new Set([429, 500, 502, 503, 504]);

type Wait = PromiseWithResolvers<undefined>;

export type Load = {
  /** Claims that were answered, and when, epoch milliseconds. */
  readonly granted: ReadonlyMap<string, number>;
  /** Asked for and refused for good, with the answer. */
  readonly refused: readonly string[];
  /** Resolves once nothing is under way. */
  pause(): Promise<void>;
  goOn(): void;
  /** Stops and waits for what is under way. */
  stop(): Promise<void>;
};

/** Somebody who claims and releases one after the other through the proxy, and asks again under the same key. */
export function startLoad(api: Api, containerId: string): Load {
  const granted = new Map<string, number>();
  const refused: string[] = [];
  let halt: { reached: Wait; ended: Wait } | null = null;
  const stopped = new AbortController();

  const ask = (
    path: string,
    body: object,
    idempotencyKey: string,
  ): Promise<{ status: number; body: unknown }> =>
    api
      .call('POST', path, body, { idempotencyKey, timeoutMs: 15_000 })
      .catch(() => ({ status: 503, body: null }));
  /** Null where it was refused for good, or `isOver` says that a refusal (409) is right. */
  const insist = async (path: string, body: object, isOver?: () => Promise<boolean>): Promise<unknown> => {
    let idempotencyKey = randomUUID();
    for (const until = Date.now() + PATIENCE_MS; ;) {
      const answer = await ask(path, body, idempotencyKey);
      if (answer.status < 300) return answer.body;
      const mayChange = answer.status === 409 && isOver !== undefined;
      if (mayChange && (await isOver())) return null;
      if (!(mayChange || again.has(answer.status)) || Date.now() > until) {
        refused.push(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
        return null;
      }
      // What was refused is another request the next time.
      if (mayChange) idempotencyKey = randomUUID();
      await sleep(PAUSE_MS);
    }
  };
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      if (halt !== null) {
        halt.reached.resolve(undefined);
        await halt.ended.promise;
      }
      const claim = (await insist(paths.claims(), { containerId })) as Claim | null;
      if (claim !== null) {
        granted.set(claim.id, Date.now());
        // One whose answer was lost has no instance yet, and one that nobody spawns is over after ten seconds.
        await insist(paths.claimRelease(claim.id), {}, async () => {
          const { status, body } = await api
            .call('GET', paths.claim(claim.id))
            .catch(() => ({ status: 503, body: null }));
          return status === 200 && !isOpenClaim(body as Claim);
        });
      }
      await sleep(PAUSE_MS);
    }
  };
  const goOn = (): void => {
    halt?.ended.resolve(undefined);
    halt = null;
  };
  const running = run();
  return {
    granted,
    refused,
    async pause() {
      halt = { reached: Promise.withResolvers<undefined>(), ended: Promise.withResolvers<undefined>() };
      await halt.reached.promise;
    },
    goOn,
    async stop() {
      stopped.abort();
      goOn();
      await running;
    },
  };
}
