import type { AlertDelivery } from '@cyclorama/shared/alert-deliveries.ts';
import { retryRefusal } from '@cyclorama/shared/rules/alert-messages.ts';

import { describeError } from '../../../lib/describe-error.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { Button } from '../../../ui/button.tsx';
import { useRetryDelivery } from '../queries.ts';

export function RetryButton({ delivery }: { delivery: AlertDelivery }) {
  const retry = useRetryDelivery(delivery.id);
  if (retryRefusal(delivery) !== null) return <span className="text-muted">{NO_VALUE}</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <Button
        size="sm"
        aria-label={`Send now: ${delivery.summary}`}
        pending={retry.isPending}
        onClick={() => retry.mutate()}
      >
        Send now
      </Button>
      {retry.error !== null && (
        <span role="alert" className="text-xs text-danger-text">
          {describeError(retry.error).message}
        </span>
      )}
    </span>
  );
}
