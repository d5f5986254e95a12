import type { Collector } from './sync/collector.ts';

type Needs = Pick<Collector, 'onNotification' | 'notificationsConnected' | 'freshness'>;

export function createNotificationFeed(collector: Needs) {
  return {
    feed: collector.onNotification,
    /** One sentence; null while they arrive. */
    whyNone(): string | null {
      if (collector.notificationsConnected) return null;
      const { reason, parts = [] } = collector.freshness();
      const forbidden = parts.find(({ name }) => name === 'notifications')?.reason;
      return (
        forbidden ?? reason ?? 'Cycle’s notification socket is not connected; the dashboard tries again.'
      );
    },
  };
}
