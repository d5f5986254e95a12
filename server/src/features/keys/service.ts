import { setImmediate as breathe } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import type { Logger } from '../../lib/logger.ts';
import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import type { Service } from '../../lib/service.ts';
import type { Database } from '../../store/schema.ts';
import { sealedColumns } from '../../store/sealed-values.ts';
import { forgetSecretInDatabase } from '../../store/session-secret.ts';

const ROWS_AT_A_TIME = 200;

type Deps = { db: Kysely<Database>; secrets: Secrets; secretInDatabase: boolean; logger: Logger };

export type SealedAnew = {
  /** Sealed with an older secret before. */
  sealedAnew: number;
  /** Which none of the secrets opens. */
  unreadable: number;
};

/** After a rotation seals what is stored with the first secret, in the background, and tells when the others may go. */
export function createKeysService(deps: Deps): Service & { sealAnew(): Promise<SealedAnew> } {
  const { db, secrets, secretInDatabase, logger } = deps;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const sealAnew = async (): Promise<SealedAnew> => {
    const count = { sealedAnew: 0, unreadable: 0 };
    for (const column of sealedColumns) {
      const box = createSecretBox(secrets, column.purpose);
      let last = '';
      for (;;) {
        const rows = stopped ? [] : await column.after(db, last, ROWS_AT_A_TIME);
        if (rows.length === 0) break;
        for (const row of rows) {
          if (box.isCurrent(row.value)) continue;
          const text = box.tryOpen(row.value);
          if (text === null) count.unreadable += 1;
          else {
            await column.replace(db, row, box.seal(text));
            count.sealedAnew += 1;
          }
        }
        last = rows.at(-1)?.id ?? last;
        await breathe();
      }
    }
    return count;
  };

  const rotate = async (): Promise<void> => {
    const count = await sealAnew();
    if (stopped) return;
    if (count.unreadable > 0) {
      logger.warn(
        count,
        'some stored secrets can be opened with none of SESSION_SECRET: keep the older ones',
      );
      return;
    }
    if (secretInDatabase) {
      await forgetSecretInDatabase(db);
      logger.info(count, 'the session secret of an earlier version was deleted from the database');
    } else {
      const after = 'once the sessions begun under them have ended';
      logger.info(
        count,
        `what is stored is sealed with the first SESSION_SECRET; the others may go ${after}`,
      );
    }
  };

  return {
    sealAnew,
    start() {
      if (secrets.length > 1) {
        running = rotate().catch((error: unknown) =>
          logger.warn({ err: error }, 'stored secrets could not be sealed anew; the next start tries again'),
        );
      }
      return Promise.resolve();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
