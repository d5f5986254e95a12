import { BellOff, BellRing } from 'lucide-react';

import { askToNotify, useNotifyState } from '../../../lib/notifications.ts';
import { Button } from '../../../ui/button.tsx';
import { setAlertNotifications, useAlertNotifications } from '../notify.store.ts';

const why = {
  unsupported: 'Notifications need a browser that has them, and HTTPS.',
  denied: 'Notifications are blocked. Allow them for this site in the browser’s settings.',
} as const;

/** Asks the browser only when it is pressed. */
export function NotifyMe() {
  const state = useNotifyState();
  const isOn = useAlertNotifications();
  if (isOn && state === 'granted')
    return (
      <Button icon={<BellOff aria-hidden size={14} />} onClick={() => setAlertNotifications(false)}>
        Stop notifying me
      </Button>
    );
  return (
    <Button
      icon={<BellRing aria-hidden size={14} />}
      disabledReason={state === 'unsupported' || state === 'denied' ? why[state] : undefined}
      onClick={() => {
        setAlertNotifications(true);
        void askToNotify();
      }}
    >
      Notify me
    </Button>
  );
}
