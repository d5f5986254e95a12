import type { KeyedMutex } from './keyed-mutex.ts';

type Options<Row> = {
  mutex: KeyedMutex;
  /** The row as it is now; null where there is none any more. */
  read: (id: string) => Promise<Row | null>;
  /** Hears of work that failed; the row comes again next time. */
  onError: (error: unknown, id: string) => void;
};

/** Takes a row's turn, reads it anew and lets `work` have it; one that is busy comes next time. Never rejects. */
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
