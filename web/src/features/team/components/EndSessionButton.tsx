import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { endRefusal } from '@cyclorama/shared/rules/team.ts';
import type { PersonSession } from '@cyclorama/shared/team.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useEndSession } from '../queries.ts';
import { browserName } from '../rules.ts';

type EndSessionButtonProps = { session: PersonSession; owner: string };

export function EndSessionButton({ session, owner }: EndSessionButtonProps) {
  const { user } = useSession();
  const isOwn = owner === user.name;
  const [isAsking, setAsking] = useState(false);
  const end = useEndSession(owner, session.id, isOwn);
  const place = [browserName(session.userAgent), session.address].filter(Boolean).join(', ');
  return (
    <>
      <Button size="sm" disabledReason={endRefusal(owner, user) ?? undefined} onClick={() => setAsking(true)}>
        End…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={isOwn ? 'End this session?' : `End this session of ${isolated(owner)}?`}
        body={`${place}. Its pages close at once.`}
        actionLabel="End session"
        pending={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </>
  );
}
