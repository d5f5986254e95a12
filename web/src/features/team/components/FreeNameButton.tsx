import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { freeNameRefusal } from '@cyclorama/shared/rules/team.ts';
import type { TeamPerson } from '@cyclorama/shared/team.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useFreeName } from '../queries.ts';
import { toMember } from '../rules.ts';

export function FreeNameButton({ member, onFreed }: { member: TeamPerson; onFreed: () => void }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const free = useFreeName(member.name);
  return (
    <>
      <Button
        disabledReason={freeNameRefusal(toMember(member), user) ?? undefined}
        onClick={() => setAsking(true)}
      >
        Free name…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Free the name ${isolated(member.name)}?`}
        body="It goes to whoever signs in with it next, by VPN account or sign-in provider, with its claims, bookings and views. Sessions end; access tokens, passkeys and the role set here are removed."
        actionLabel={`Free ${member.name}`}
        pending={free.isPending}
        error={free.error}
        onConfirm={() => free.mutate(undefined, { onSuccess: onFreed })}
      />
    </>
  );
}
