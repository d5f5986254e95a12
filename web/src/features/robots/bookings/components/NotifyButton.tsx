import { BellRing } from 'lucide-react';

import { Button } from '../../../../ui/button.tsx';
import { askToNotify, useNotifyState } from '../notifications.store.ts';

const why = {
  unsupported: 'This browser shows notifications only for pages served over HTTPS',
  denied: 'Notifications were refused for this page: allow them in the browser’s settings',
} as const;

/** Asks for leave to notify of one's bookings while the page is in the background; gone once that is given. */
export function NotifyButton() {
  const state = useNotifyState();
  if (state === 'granted') return null;
  return (
    <Button
      icon={<BellRing aria-hidden size={14} />}
      disabledReason={state === 'default' ? undefined : why[state]}
      onClick={() => void askToNotify()}
    >
      Notify me
    </Button>
  );
}
