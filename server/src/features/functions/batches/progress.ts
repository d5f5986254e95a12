import type { Clock } from '../../../lib/clock.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import { presentBatch } from './presenter.ts';

/** Progress of one batch is told at most this often. */
const EVERY_MS = 250;

/** Tells browsers of progress: at once where nothing was told lately, else the newest as soon as it may be. */
export function createBatchProgress(hub: Pick<EventHub, 'publish'>, clock: Clock) {
  const toldAt = new Map<string, number>();
  const later = new Map<string, NodeJS.Timeout>();

  const tell = (row: BatchRow): void => {
    clearTimeout(later.get(row.id));
    later.delete(row.id);
    toldAt.set(row.id, clock.now());
    hub.publish({ type: 'claim-batch', batch: presentBatch(row) });
  };

  return {
    changed(id: string, row: () => BatchRow): void {
      if (later.has(id)) return;
      const wait = (toldAt.get(id) ?? Number.NEGATIVE_INFINITY) + EVERY_MS - clock.now();
      if (wait <= 0) tell(row());
      else {
        const timer = setTimeout(() => tell(row()), wait);
        later.set(id, timer);
      }
    },
    /** The last word on a batch. */
    ended(row: BatchRow): void {
      tell(row);
      toldAt.delete(row.id);
    },
    close(): void {
      for (const timer of later.values()) clearTimeout(timer);
      later.clear();
    },
  };
}
