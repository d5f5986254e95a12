import { CircleUser } from 'lucide-react';

import { endSession } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { FromNow } from '../ui/time.tsx';

/** The VPN accounts changed, and Cycle does not say which: everyone of one proves theirs again. */
export function ConfirmBanner({ by }: { by: string }) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2 border-t border-warning-line bg-warning-soft px-4 py-1 text-xs text-warning-text">
      <CircleUser aria-hidden size={14} className="shrink-0" />
      <output className="flex-1">
        The VPN accounts were changed. Sign in again to show that yours still works; this session ends{' '}
        <FromNow at={by} /> otherwise.
      </output>
      <Button size="sm" onClick={() => endSession('The VPN accounts were changed.')}>
        Sign in again
      </Button>
    </div>
  );
}
