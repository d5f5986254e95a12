import { IDEMPOTENCY_KEY_DAYS } from '@cyclorama/shared/idempotency.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { CallOnce, StoredRequest } from '../../lib/idempotency.ts';
import type { Logger } from '../../lib/logger.ts';
import {
  deleteRequestKey,
  dropRequestKeysBefore,
  insertRequestKey,
  requestByKey,
  setRequestOutcome,
} from '../../store/request-keys.ts';
import type { Database } from '../../store/schema.ts';

const SWEEP_MS = 3_600_000;
const KEPT_MS = IDEMPOTENCY_KEY_DAYS * 86_400_000;

type Deps = { db: Kysely<Database>; clock: Clock; logger: Logger };

export type RequestKeys = {
  /** Null where the person sent no request with this key. */
  find(person: string, key: string): Promise<StoredRequest | null>;
  callOnce: CallOnce;
};

export function createRequestKeysService({ db, clock, logger }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    dropRequestKeysBefore(db, clock.now() - KEPT_MS).catch((error: unknown) =>
      logger.warn({ err: error }, 'old request keys could not be deleted'),
    );
  };
  const offers: RequestKeys = {
    find: (person, key) => requestByKey(db, person, key),
    async callOnce(requestKey, call, outcomeOf) {
      if (requestKey === null) return call();
      await insertRequestKey(db, requestKey, { outcome: null, at: clock.now() });
      try {
        const result = await call();
        const outcome = outcomeOf(result);
        if (outcome === null) await deleteRequestKey(db, requestKey);
        else await setRequestOutcome(db, requestKey, outcome);
        return result;
      } catch (error) {
        const undone =
          error instanceof AppError || (error instanceof UpstreamError && error.certainlyNotDone);
        if (undone) await deleteRequestKey(db, requestKey);
        throw error;
      }
    },
  };
  return {
    ...offers,
    start(): void {
      sweep();
      timer = setInterval(sweep, SWEEP_MS);
    },
    stop(): Promise<void> {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
