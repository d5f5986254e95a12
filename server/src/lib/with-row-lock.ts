import type { Exclusive } from './keyed-mutex.ts';

type Options<Row> = {
  exclusive: Exclusive;
  /** The row as it is now; null where there is none any more. */
  read: (id: string) => Promise<Row | null>;
  /** Hears of work that failed; the row comes again next time. */
  told: (error: unknown, id: string) => void;
};

/** Takes a row's turn, reads it anew and lets `work` have it; one that is busy comes next time. Never rejects. */
export function createInTurn<Row>({ exclusive, read, told }: Options<Row>) {
  return async (id: string, work: (row: Row) => Promise<unknown>): Promise<void> => {
    if (exclusive.busy(id)) return;
    try {
      await exclusive.run(id, async () => {
        const row = await read(id);
        if (row) await work(row);
      });
    } catch (error) {
      told(error, id);
    }
  };
}
