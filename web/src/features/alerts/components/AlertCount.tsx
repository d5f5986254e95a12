import { useQuery } from '@tanstack/react-query';

import { Badge } from '../../../ui/badge.tsx';
import { alertsSummaryQuery } from '../queries.ts';
import { severityTones } from '../rows.ts';

/** How many fire, in the colour of the worst that nobody has acknowledged; nothing where none does. */
export function AlertCount() {
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
