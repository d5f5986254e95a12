import { useState } from 'react';

import { useCan } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { VpnCheckDialog } from './VpnCheckDialog.tsx';

export function VpnCheckButton() {
  const isAdmin = useCan('admin');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        disabledReason={isAdmin ? undefined : 'Only admins can check a login.'}
        onClick={() => setOpen(true)}
      >
        Check a login…
      </Button>
      {isOpen && <VpnCheckDialog onClose={() => setOpen(false)} />}
    </>
  );
}
