import { NOTIFICATIONS_KEPT } from '@cyclorama/shared/notifications.ts';
import type { CycleNotification, NotificationsResponse } from '@cyclorama/shared/notifications.ts';

import { pickNotification } from '../../http/proxy/pick-fields.ts';
import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';

/** A page that shows them asks again this often at least; without one nobody is told of each. */
const WATCHED_FOR_MS = 45_000;
const MOST_BYTES = 8 * 1024;

/** As Cycle sent it, and what was read of it. */
export type NotificationFeed = (
  listener: (notification: { topic: string; objectId: string; state: string | null }, raw: unknown) => void,
) => () => void;

type Deps = {
  feed: NotificationFeed;
  /** Null while they arrive. */
  whyNone: () => string | null;
  hub: EventHub;
  clock: Clock;
};

/** The newest notifications, in memory: Cycle replays none, and they are hints, not a history. */
export function createNotificationsService({ feed, whyNone, hub, clock }: Deps) {
  const kept: CycleNotification[] = [];
  let newest = 0;
  let watchedUntil = 0;
  let stop = (): void => {};

  return {
    list({ epoch, after }: { epoch?: string | undefined; after: number }): NotificationsResponse {
      watchedUntil = clock.now() + WATCHED_FOR_MS;
      const from = epoch === hub.epoch ? after : 0;
      return {
        epoch: hub.epoch,
        notifications: kept.filter(({ number }) => number > from),
        newest,
        whyNone: whyNone(),
      };
    },
    start(): void {
      stop = feed(({ topic, objectId, state }, raw) => {
        newest += 1;
        const { value, stateBefore } = pickNotification(raw);
        const isSmall = JSON.stringify(value).length <= MOST_BYTES;
        const at = isoOf(clock.now());
        kept.push({ number: newest, at, topic, objectId, state, stateBefore, raw: isSmall ? value : null });
        if (kept.length > NOTIFICATIONS_KEPT) kept.shift();
        if (clock.now() < watchedUntil) hub.publish({ type: 'notifications', newest });
      });
    },
    stop(): Promise<void> {
      stop();
      return Promise.resolve();
    },
  };
}

export type NotificationsService = ReturnType<typeof createNotificationsService>;
