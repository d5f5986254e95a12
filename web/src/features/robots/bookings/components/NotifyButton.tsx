import { BellRing } from 'lucide-react';

import { askToNotify, useNotifyState } from '../../../../lib/notifications.ts';
import { Button } from '../../../../ui/button.tsx';

const why = {
  unsupported: 'Notifications need HTTPS',
  denied: 'Notifications are blocked. Allow them in the browser’s settings',
} as const;

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
