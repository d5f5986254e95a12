import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { blockRefusal } from '@cyclorama/shared/rules/team.ts';
import type { TeamPerson } from '@cyclorama/shared/team.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useSetBlocked } from '../queries.ts';

export function BlockButton({ member }: { member: TeamPerson }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const set = useSetBlocked(member.name);
  const isBlocked = member.blocked !== null;
  const verb = isBlocked ? 'Unblock' : 'Block';
  return (
    <>
      <Button
        variant={isBlocked ? 'secondary' : 'danger'}
        disabledReason={blockRefusal(member, user) ?? undefined}
        onClick={() => setAsking(true)}
      >
        {verb}…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`${verb} ${isolated(member.name)}?`}
        body={
          isBlocked
            ? 'They can sign in again, and their access tokens work again.'
            : 'At once: sessions end, open pages close, access tokens and new sign-ins are refused. What runs in their name goes on.'
        }
        actionLabel={`${verb} ${member.name}`}
        tone={isBlocked ? 'primary' : 'danger'}
        pending={set.isPending}
        error={set.error}
        onConfirm={() => set.mutate(!isBlocked, { onSuccess: () => setAsking(false) })}
      />
    </>
  );
}
