import type { CacheEntry, CachePut, CachePutResponse, CacheQuery } from '@cyclorama/shared/object-cache.ts';

import type { CarryOut } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Person } from '../../lib/person.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { configured } from '../../upstream/cycle/configured.ts';

export type ObjectCacheService = ReturnType<typeof createObjectCacheService>;

type Deps = { client: CycleClient | null; carryOut: CarryOut; clock: Clock };

/** Scope and key are the address; there is no list and no delete. */
export function createObjectCacheService({ client, carryOut, clock }: Deps) {
  return {
    async get({ scope, key }: CacheQuery): Promise<CacheEntry> {
      const entry = await configured(client).cacheEntry(scope, key);
      if (entry !== null) return { ...entry, readAt: isoOf(clock.now()) };
      throw new AppError('not-found', 'Nothing is kept under this key in this scope.', {
        hint: 'Its lifetime may be over. Check the scope and the key.',
      });
    },

    /** Its value may be a secret and is not on record. */
    async put(entry: CachePut, person: Person): Promise<CachePutResponse> {
      const { scope, key, expires } = entry;
      const subject = { kind: 'cache-entry', id: `${scope}/${key}`, name: key };
      const intent = {
        actor: person.name,
        action: 'cache.put',
        subject,
        detail: `For ${expires} in ${scope}.`,
      };
      await carryOut(intent, () => configured(client).putCacheEntry(entry));
      return { scope, key, expires };
    },
  };
}
