import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';

import { Badge } from '../../../ui/badge.tsx';
import { lazyPart } from '../../../ui/lazy-part.ts';
import { useAlertNotifications } from '../notify.store.ts';
import { alertsSummaryQuery } from '../queries.ts';
import { severityTones } from '../rows.ts';

const AlertNotifier = lazyPart(() => import('./AlertNotifier.tsx'), 'AlertNotifier');

/** How many fire, and notifications of what begins to, where this browser has asked for them. */
export function AlertCount() {
  const isNotified = useAlertNotifications();
  return (
    <>
      <Firing />
      <Suspense>{isNotified && <AlertNotifier />}</Suspense>
    </>
  );
}

/** In the colour of the worst that nobody has acknowledged; nothing where none fires. */
function Firing() {
  const { data } = useQuery(alertsSummaryQuery);
  if (data === undefined || data.firing === 0) return null;
  const { firing, unacknowledged, worst } = data;
  return (
    <Badge tone={worst === null ? 'neutral' : severityTones[worst]} className="ml-auto tabular-nums">
      {unacknowledged === 0 ? firing : unacknowledged}
      <span className="sr-only">{unacknowledged === 0 ? 'acknowledged' : 'firing'}</span>
    </Badge>
  );
}
