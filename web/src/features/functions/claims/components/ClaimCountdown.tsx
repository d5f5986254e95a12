import type { Claim } from '@cyclorama/shared/claims.ts';

import { useServerNow } from '../../../../lib/server-clock.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { secondsToRelease, secondsToRun, secondsToSpawn, secondsWaited, waitingText } from '../rules.ts';

const SPAWN_SECONDS = 10;
const END_WARNING = 60;

/**
 * Time left to spawn, time waited for an instance, or time until release or the run-time limit, on the server's clock.
 */
export function ClaimCountdown({ claim }: { claim: Claim }) {
  const now = useServerNow();
  const toSpawn = secondsToSpawn(claim, now);
  if (toSpawn !== null) {
    return (
      <span className="inline-flex items-center gap-2">
        <span aria-hidden className="h-1.5 w-12 overflow-hidden rounded bg-active">
          <span
            className="block h-full bg-tone-warning"
            style={{ width: `${Math.min(100, (toSpawn / SPAWN_SECONDS) * 100)}%` }}
          />
        </span>
        <span role="timer" className="font-medium text-warning-text">
          {toSpawn} s left to spawn
        </span>
      </span>
    );
  }
  const waited = secondsWaited(claim, now);
  if (waited !== null) return <span role="timer">{waitingText(waited, null)}</span>;
  const end = nextEnd(claim, now);
  if (end === null) return null;
  return (
    <span role="timer" className={end.seconds <= END_WARNING ? 'font-medium text-warning-text' : undefined}>
      {end.seconds === 0 ? end.over : `${end.words} ${formatDuration(end.seconds * 1000)}`}
    </span>
  );
}

/** The earlier of the owner's release time and the run-time limit. */
function nextEnd(claim: Claim, now: number): { seconds: number; words: string; over: string } | null {
  const toRun = secondsToRun(claim, now);
  const toRelease = secondsToRelease(claim, now);
  if (toRelease !== null && (toRun === null || toRelease <= toRun)) {
    return { seconds: toRelease, words: 'released in', over: 'being released' };
  }
  return toRun === null ? null : { seconds: toRun, words: 'limit in', over: 'ending now' };
}
