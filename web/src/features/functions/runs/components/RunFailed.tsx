import { Link } from '@tanstack/react-router';

import { ApiError } from '../../../../api/http.ts';
import { ErrorState } from '../../../../ui/states.tsx';

/** Without an answer the run may have started, so the message points to the ledger first. */
export function RunFailed({ error, onLeave }: { error: Error; onLeave: () => void }) {
  const isUnanswered = error instanceof ApiError && error.code === 'unreachable';
  return (
    <div className="flex flex-col gap-2">
      <ErrorState compact error={error} />
      {isUnanswered && (
        <p>
          No answer came, so it may have been claimed. Check{' '}
          <Link
            to="/functions"
            search={{ view: 'claims', who: 'mine' }}
            onClick={onLeave}
            className="underline"
          >
            your open claims
          </Link>{' '}
          before you claim again.
        </p>
      )}
    </div>
  );
}
