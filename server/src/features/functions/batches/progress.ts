import type { Clock } from '../../../lib/clock.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { BatchRow } from '../../../store/claim-batches.ts';
import { presentBatch } from './presenter.ts';

/** The shortest time between two events of one batch. */
const MIN_INTERVAL_MS = 250;

/** Throttled: publishes at once, then the newest state at the end of each interval. */
export function createBatchProgress(hub: Pick<EventHub, 'publish'>, clock: Clock) {
  const publishedAt = new Map<string, number>();
  const scheduled = new Map<string, NodeJS.Timeout>();

  const publish = (row: BatchRow): void => {
    clearTimeout(scheduled.get(row.id));
    scheduled.delete(row.id);
    publishedAt.set(row.id, clock.now());
    hub.publish({ type: 'claim-batch', batch: presentBatch(row) });
  };

  return {
    changed(id: string, row: () => BatchRow): void {
      if (scheduled.has(id)) return;
      const wait = (publishedAt.get(id) ?? Number.NEGATIVE_INFINITY) + MIN_INTERVAL_MS - clock.now();
      if (wait <= 0) publish(row());
      else {
        const timer = setTimeout(() => publish(row()), wait);
        scheduled.set(id, timer);
      }
    },
    ended(row: BatchRow): void {
      publish(row);
      publishedAt.delete(row.id);
    },
    close(): void {
      for (const timer of scheduled.values()) clearTimeout(timer);
      scheduled.clear();
    },
  };
}
