import type { Claim } from '@cyclorama/shared/claims.ts';

import { formatDuration } from '../../../lib/units.ts';
import { secondsToRun, secondsToSpawn } from '../claims.rules.ts';
import { useServerNow } from '../functions.queries.ts';

const spawnSeconds = 10;
const runWarning = 60;

/** The time left to spawn a claim, or until the run-time limit ends it, on the server's clock. Nothing without a limit. */
export function ClaimCountdown({ claim }: { claim: Claim }) {
  const now = useServerNow();
  const toSpawn = secondsToSpawn(claim, now);
  if (toSpawn !== null) {
    return (
      <span className="inline-flex items-center gap-2">
        <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded bg-active">
          <span
            className="block h-full bg-tone-warning"
            style={{ width: `${Math.min(100, (toSpawn / spawnSeconds) * 100)}%` }}
          />
        </span>
        <span role="timer" className="font-medium text-warning-text">
          {toSpawn} s left to spawn
        </span>
      </span>
    );
  }
  const toRun = secondsToRun(claim, now);
  if (toRun === null) return null;
  return (
    <span role="timer" className={toRun <= runWarning ? 'font-medium text-warning-text' : undefined}>
      {toRun === 0 ? 'ending now' : `${formatDuration(toRun * 1000)} left`}
    </span>
  );
}
