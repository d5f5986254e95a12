import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';

import { useSession } from '../../../../api/session.ts';
import { useClockAhead, useServerNow } from '../../../../lib/server-clock.ts';
import { Button } from '../../../../ui/button.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { claimListQuery, useCancel } from '../queries.ts';
import { secondsWaited, waitingText } from '../rules.ts';

// A claim of this person created up to this long before the request is taken for it: clocks differ.
const SLACK_MS = 2_000;

type WaitingClaimProps = {
  pool: Pick<FunctionPool, 'containerId' | 'longestWaitSeconds'>;
  /** Epoch milliseconds of this browser. */
  sentAt: number;
  onCancelled: () => void;
};

/**
 * The scheduler answers only once it has an instance or the queue time is over; meanwhile the claim is looked up in the
 * ledger.
 */
export function WaitingClaim({ pool, sentAt, onCancelled }: WaitingClaimProps) {
  const { user } = useSession();
  const now = useServerNow();
  const clockAhead = useClockAhead();
  const cancel = useCancel();
  const filter = { state: 'open', owner: user.name, containerId: pool.containerId } as const;
  const { data } = useQuery({ ...claimListQuery(filter), staleTime: 0 });
  const isThisOne = (claim: Claim) =>
    claim.state === 'requested' &&
    claim.batchId === null &&
    Date.parse(claim.requestedAt) >= sentAt + clockAhead - SLACK_MS;
  const waiting = data?.claims.find(isThisOne);
  const seconds = waiting === undefined ? null : secondsWaited(waiting, now);
  return (
    <div className="flex min-h-8 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="timer" className="text-warning-text first-letter:uppercase">
          {seconds === null ? 'Asking the scheduler…' : waitingText(seconds, pool.longestWaitSeconds)}
        </p>
        {waiting !== undefined && (
          <Button
            size="sm"
            pending={cancel.isPending}
            onClick={() => cancel.mutate(waiting.id, { onSuccess: onCancelled })}
          >
            Stop waiting
          </Button>
        )}
      </div>
      {cancel.error !== null && <ErrorState compact error={cancel.error} />}
    </div>
  );
}
