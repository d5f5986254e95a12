import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { awaitNotifications, notify } from '../../../lib/notifications.ts';
import { alertMessagesQuery } from '../queries.ts';
import { placeOf, unseenMessages } from '../rows.ts';

/** A notification for each message that comes while this page is open and not looked at; pages share it by its tag. */
export function AlertNotifier() {
  const navigate = useNavigate();
  const { data } = useQuery(alertMessagesQuery);
  const seen = useRef<ReadonlySet<string> | null>(null);
  useEffect(awaitNotifications, []);
  useEffect(() => {
    if (data === undefined) return;
    for (const message of unseenMessages(data.messages, seen.current)) {
      const { id, kind, summary } = message;
      notify(kind === 'firing' ? 'Alert' : 'Alert over', summary, id, () => {
        void navigate({ to: '/alerts', search: placeOf(message) });
      });
    }
    seen.current = new Set([...(seen.current ?? []), ...data.messages.map(({ id }) => id)]);
  }, [data, navigate]);
  return null;
}
