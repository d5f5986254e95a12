import { useState } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { usePurge } from '../queries.ts';

/** Revokes every token of the account, after saying what goes with them. */
export function PurgePanel() {
  const [isAsking, setAsking] = useState(false);
  const purge = usePurge();
  const close = () => {
    purge.reset();
    setAsking(false);
  };
  return (
    <Panel title="Revoke every token">
      <div className="flex flex-col items-start gap-3">
        <p>
          For when a token got into wrong hands and nobody knows which. It takes the dashboard’s own token
          with it: afterwards nothing here can be read, booked or terminated until you set a new one.
        </p>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Revoke every token…
        </Button>
        {purge.isSuccess && (
          <output>Every token is revoked. Make a new one at rerobots and set it under “Set a token”.</output>
        )}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title="Revoke every token of the account?"
        body="Every token stops working at once, everybody’s and the dashboard’s own. Robots that run go on running, and can’t be terminated from here until a new token is set."
        typeToConfirm="revoke every token"
        actionLabel="Revoke every token"
        pending={purge.isPending}
        error={purge.error}
        onConfirm={() => purge.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </Panel>
  );
}
