import type { AlertTrial } from '@cyclorama/shared/alerts.ts';

import { Absolute, Ago } from '../../../ui/time.tsx';

const SHOWN = 10;

/** "Would have fired 3 times since …", with the times. */
export function TrialResult({ trial: { from, limits, total, times } }: { trial: AlertTrial }) {
  return (
    <section aria-label="On the past" className="rounded-md border border-line bg-sunken p-3">
      {(total > 0 || limits === null) && (
        <p aria-live="polite" className="font-medium">
          Would have fired {total === 1 ? 'once' : `${total.toLocaleString('en')} times`} since{' '}
          <Absolute at={from} />.
        </p>
      )}
      {limits !== null && <p className="text-muted">{limits}</p>}
      {times.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {times.slice(0, SHOWN).map(({ of, firedAt, resolvedAt }) => (
            <li key={`${of.id} ${firedAt}`}>
              {of.name} <span className="text-muted">· </span>
              <Absolute at={firedAt} />
              <span className="text-muted"> · {resolvedAt === null ? 'fires still' : 'over '}</span>
              {resolvedAt !== null && <Ago at={resolvedAt} />}
            </li>
          ))}
          {total > SHOWN && <li className="text-muted">and {(total - SHOWN).toLocaleString('en')} more</li>}
        </ul>
      )}
    </section>
  );
}
