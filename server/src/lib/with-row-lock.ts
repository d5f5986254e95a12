import type { KeyedMutex } from './keyed-mutex.ts';

type Options<Row> = {
  mutex: KeyedMutex;
  /** Null where the row is gone. */
  read: (id: string) => Promise<Row | null>;
  /** Called when `work` fails; the row is retried in the next round. */
  onError: (error: unknown, id: string) => void;
};

/** Locks the row, re-reads it and runs `work`; skips rows that are locked. Never rejects. */
export function createWithRowLock<Row>({ mutex, read, onError }: Options<Row>) {
  return async (id: string, work: (row: Row) => Promise<unknown>): Promise<void> => {
    if (mutex.busy(id)) return;
    try {
      await mutex.run(id, async () => {
        const row = await read(id);
        if (row) await work(row);
      });
    } catch (error) {
      onError(error, id);
    }
  };
}
