import type { Kysely } from 'kysely';

import type { ActivityNote, RecordActivity } from '../../lib/activity-note.ts';
import { isStoreUnavailable } from '../../lib/errors.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';

type Deps = { record: RecordActivity; changeOnRecord: ChangeOnRecord };

/** False where the store can't be used, which `mayWait` says to bear: then the entry is kept for later. */
export function createPutOnRecord({ record, changeOnRecord }: Deps) {
  return async (
    note: ActivityNote,
    change: (within: Kysely<Database>, tell: (note: ActivityNote) => void) => Promise<unknown>,
    mayWait: boolean,
  ): Promise<boolean> => {
    try {
      await changeOnRecord(async (within, tell) => {
        await change(within, tell);
        tell(note);
      });
      return true;
    } catch (error) {
      if (!mayWait || !isStoreUnavailable(error)) throw error;
      await record(note);
      return false;
    }
  };
}
