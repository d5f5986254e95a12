import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe } from 'vitest';

import { openStore } from '../store/database.ts';
import type { Store } from '../store/database.ts';
import type { StorePlace } from '../store/read-only.ts';
import { postgresBinaries, startPostgres } from './postgres.fixture.ts';
import type { TestPostgres } from './postgres.fixture.ts';

const logger = { warn: () => undefined };
const binaries = postgresBinaries();

/** `reopen` closes the store and opens it again on the same data. */
export type StoreBench = { readonly store: Store; readonly place: StorePlace; reopen(): Promise<void> };

export function describeOnEachEngine(what: string, suite: (bench: StoreBench) => void): void {
  for (const engine of ['sqlite', 'postgres'] as const) {
    // Without PostgreSQL binaries for this machine only SQLite can be tested.
    describe.skipIf(engine === 'postgres' && binaries === null)(`${what} on ${engine}`, () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'cyclorama-store-'));
      let postgres: TestPostgres | undefined;
      let store: Store;
      const open = (): Promise<Store> =>
        openStore(postgres === undefined ? { dataDir } : { databaseUrl: postgres.url }, logger);

      beforeAll(async () => {
        if (engine === 'postgres') postgres = await startPostgres(binaries ?? '');
        store = await open();
      }, 60_000);
      afterAll(async () => {
        await store.close();
        await postgres?.stop();
        rmSync(dataDir, { recursive: true, force: true });
      });

      suite({
        get store() {
          return store;
        },
        get place() {
          return { dataDir, databaseUrl: postgres?.url ?? null };
        },
        async reopen() {
          await store.close();
          store = await open();
        },
      });
    });
  }
}
