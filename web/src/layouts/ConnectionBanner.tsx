import { WifiOff } from 'lucide-react';

import { useConnection } from '../api/connection.ts';
import { cx } from '../lib/class-names.ts';
import { useClockAhead } from '../lib/server-clock.ts';
import { Ago } from '../ui/time.tsx';

export function ConnectionBanner() {
  const { state, since } = useConnection();
  // `since` is on the browser's clock, ages are on the server's.
  const ahead = useClockAhead();
  if (state !== 'delayed' && state !== 'offline') return null;
  const isOffline = state === 'offline';
  return (
    <div
      className={cx(
        'flex min-h-8 items-center gap-2 border-t px-4 py-1 text-xs',
        isOffline
          ? 'border-danger-line bg-danger-soft text-danger-text'
          : 'border-warning-line bg-warning-soft text-warning-text',
      )}
    >
      <WifiOff aria-hidden size={14} className="shrink-0" />
      <p>
        <output>
          {isOffline
            ? 'Offline: the dashboard can’t be reached. What is shown may be old. It reconnects by itself.'
            : 'Delayed: no live updates. Everything is read every few seconds.'}
        </output>{' '}
        Interrupted <Ago at={since + ahead} />.
      </p>
    </div>
  );
}
