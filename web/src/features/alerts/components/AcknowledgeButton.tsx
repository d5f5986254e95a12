import type { Alert } from '@cyclorama/shared/alerts.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/time.tsx';

type Props = { alert: Alert; onAcknowledge: (alert: Alert) => void };

/** Who took an alert on, or the button to do so. */
export function AcknowledgeButton({ alert, onAcknowledge }: Props) {
  const { user } = useSession();
  const { acknowledged, state, of } = alert;
  if (acknowledged !== null)
    return (
      <span title={acknowledged.note ?? undefined} className="truncate">
        {acknowledged.by} <span className="text-muted">· </span>
        <Ago at={acknowledged.at} />
      </span>
    );
  if (state !== 'firing') return <span className="text-muted">does not fire yet</span>;
  return (
    <Button
      size="sm"
      aria-label={`Acknowledge ${of.name}`}
      disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
      onClick={() => onAcknowledge(alert)}
    >
      Acknowledge…
    </Button>
  );
}
