import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { usePurge } from '../queries.ts';

export function PurgePanel() {
  const [isAsking, setAsking] = useState(false);
  const refused = roleRefusal(useSession().user.role, 'admin') ?? undefined;
  const purge = usePurge();
  const close = () => {
    purge.reset();
    setAsking(false);
  };
  return (
    <Panel title="Revoke every token">
      <div className="flex flex-col items-start gap-3">
        <p>
          Use this when an unknown token has leaked. It includes the dashboard’s own: no robot can be read,
          booked or terminated here until you set a new one.
        </p>
        <Button variant="danger" disabledReason={refused} onClick={() => setAsking(true)}>
          Revoke every token…
        </Button>
        {purge.isSuccess && (
          <output>Every token is revoked. Create one at rerobots and set it under “Set token”.</output>
        )}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={close}
        title="Revoke every token of the account?"
        body="Every token stops working at once, the dashboard’s own too. Running robots continue, and can’t be terminated here until you set a new token."
        typeToConfirm="revoke every token"
        actionLabel="Revoke every token"
        pending={purge.isPending}
        error={purge.error}
        onConfirm={() => purge.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </Panel>
  );
}
