import type { Alert } from '@cyclorama/shared/alerts.ts';

import { Badge } from '../../../ui/badge.tsx';
import { severityTones } from '../rows.ts';

/** How bad it is, in colour while it fires. */
export function AlertBadge({ alert: { severity, state } }: { alert: Pick<Alert, 'severity' | 'state'> }) {
  if (state === 'pending') return <Badge>pending</Badge>;
  return <Badge tone={state === 'firing' ? severityTones[severity] : 'neutral'}>{severity}</Badge>;
}
