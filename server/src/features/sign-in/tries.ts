import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Fingerprints } from '../../lib/idempotency.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Engine } from '../../store/engine.ts';
import type { Database } from '../../store/schema.ts';
import {
  changeTries,
  dropExpiredTries,
  freshTry,
  isKnownAddress,
  keepAddress,
  readTries,
} from '../../store/sign-in-tries.ts';
import type { SignInTry } from '../../store/sign-in-tries.ts';

const SWEEP_MS = 10 * 60_000;
const ADDRESS_KEPT_MS = 180 * 86_400_000;
/** Of each kind, in memory: the least recently used give way. */
const MAX_IN_MEMORY = 20_000;

type Change<T> = (rows: SignInTry[]) => { rows: readonly SignInTry[]; result: T };

/**
 * Counted in the store, for all replicas; while it can't be used, by each process from what it knows. Kept under the
 * newest secret, and looked for under the older ones too, so that a rotation forgets nothing.
 */
export type Tries = {
  read(keys: readonly Fingerprints[]): Promise<SignInTry[]>;
  change<T>(keys: readonly Fingerprints[], change: Change<T>): Promise<T>;
  isKnown(key: Fingerprints): Promise<boolean>;
  keep(key: Fingerprints): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

type Deps = { db: Kysely<Database>; engine: Engine; clock: Clock; logger: Logger };

export function createTries({ db, engine, clock, logger }: Deps): Tries {
  const tries = createRecent<SignInTry>();
  const addresses = createRecent<number>();
  let timer: NodeJS.Timeout | undefined;

  const withStore = async <T>(work: () => Promise<T>, without: () => T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'store-unavailable') return without();
      throw error;
    }
  };

  const inMemory = (keys: readonly string[]): SignInTry[] =>
    keys.map((key) => tries.get(key) ?? freshTry(key));

  /** One for each list of keys: the first that counts something, under the key to store it by. */
  const currentOf = (keys: readonly Fingerprints[], rows: readonly SignInTry[]): SignInTry[] => {
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.map((list) => {
      const found = list.map((key) => byKey.get(key)).find((row) => (row?.expires_at ?? 0) > clock.now());
      return { ...(found ?? freshTry(list[0])), key: list[0] };
    });
  };

  return {
    async read(keys) {
      const all = keys.flat();
      const rows = await withStore(
        () => readTries(db, all),
        () => inMemory(all),
      );
      return currentOf(keys, rows);
    },
    change(keys, change) {
      const all = keys.flat();
      const noted = (rows: readonly SignInTry[]) => {
        const changed = change(currentOf(keys, rows));
        for (const row of changed.rows) tries.set(row.key, row);
        return changed;
      };
      return withStore(
        () => changeTries(db, engine, all, noted),
        () => noted(inMemory(all)).result,
      );
    },
    isKnown(keys) {
      return withStore(
        () => isKnownAddress(db, keys, clock.now()),
        () => keys.some((key) => (addresses.get(key) ?? 0) > clock.now()),
      );
    },
    keep([key]) {
      const until = clock.now() + ADDRESS_KEPT_MS;
      addresses.set(key, until);
      return withStore(
        () => keepAddress(db, key, until),
        () => undefined,
      );
    },
    start() {
      timer = setInterval(() => {
        dropExpiredTries(db, clock.now()).catch((error: unknown) =>
          logger.warn({ err: error }, 'old sign-in tries could not be deleted'),
        );
      }, SWEEP_MS).unref();
    },
    stop() {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

function createRecent<V>() {
  const entries = new Map<string, V>();
  return {
    get: (key: string): V | undefined => entries.get(key),
    set(key: string, value: V): void {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > MAX_IN_MEMORY && oldest !== undefined) entries.delete(oldest);
    },
  };
}
