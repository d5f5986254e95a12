import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { CallOnce, StoredRequest } from '../../lib/idempotency.ts';
import {
  deleteRequestKey,
  insertRequestKey,
  requestByKey,
  setRequestOutcome,
} from '../../store/request-keys.ts';
import type { Database } from '../../store/schema.ts';

type Deps = { db: Kysely<Database>; clock: Clock };

export type RequestKeys = {
  /** Null where the person sent no request with this key. */
  find(person: string, key: string): Promise<StoredRequest | null>;
  callOnce: CallOnce;
};

export function createRequestKeysService({ db, clock }: Deps): RequestKeys {
  return {
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
}
