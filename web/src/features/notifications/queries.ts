import { NOTIFICATIONS_KEPT, notificationsResponse } from '@cyclorama/shared/notifications.ts';
import type { NotificationsResponse } from '@cyclorama/shared/notifications.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { queryOptions } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';

/** Tells the server that they are still shown; events tell of new ones sooner. */
const STILL_SHOWN_MS = 15_000;

/** Asks for those after the newest it has, and keeps as many as the server does. */
export const notificationsQuery = queryOptions({
  queryKey: keys.notifications,
  queryFn: async ({ client, signal }): Promise<NotificationsResponse> => {
    const before = client.getQueryData<NotificationsResponse>(keys.notifications);
    const known = before === undefined ? {} : { epoch: before.epoch, after: before.newest };
    const next = await api.get(withQuery(environmentPaths.notifications(), known), notificationsResponse, {
      signal,
    });
    if (next.epoch !== before?.epoch) return next;
    const all = [...before.notifications, ...next.notifications].slice(-NOTIFICATIONS_KEPT);
    return { ...next, notifications: all };
  },
  refetchInterval: STILL_SHOWN_MS,
});
