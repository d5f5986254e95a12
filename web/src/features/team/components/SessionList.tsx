import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { endRefusal } from '@cyclorama/shared/rules/team.ts';
import type { PersonSession } from '@cyclorama/shared/team.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useEndSession } from '../queries.ts';
import { browserName, wayLabels } from '../rules.ts';

export function SessionList({ owner, sessions }: { owner: string; sessions: PersonSession[] }) {
  return (
    <ul aria-label="Sessions" className="divide-y divide-line rounded-lg border border-line bg-panel">
      {sessions.map((session) => (
        <SessionItem key={session.id} owner={owner} session={session} />
      ))}
    </ul>
  );
}

function SessionItem({ owner, session }: { owner: string; session: PersonSession }) {
  const { user } = useSession();
  const { way, createdAt, lastSeenAt, address, userAgent, current } = session;
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {userAgent === null && address === null ? (
            'Signed in'
          ) : (
            <span title={userAgent ?? undefined} className="wrap-anywhere">
              {browserName(userAgent)}
            </span>
          )}
          {current && <Badge tone="accent">this one</Badge>}
        </p>
        <p className="text-xs text-muted">
          {wayLabels[way]}
          {address !== null && (
            <>
              {' · '}
              <span className="font-mono">{address}</span>
            </>
          )}
        </p>
        <p className="text-xs text-muted">
          Seen <Ago at={lastSeenAt} /> · since <Ago at={createdAt} />
        </p>
      </div>
      {!current && (
        <EndButton
          session={session}
          owner={owner}
          refusal={endRefusal(owner, user)}
          isOwn={owner === user.name}
        />
      )}
    </li>
  );
}

type EndButtonProps = { session: PersonSession; owner: string; refusal: string | null; isOwn: boolean };

function EndButton({ session, owner, refusal, isOwn }: EndButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const end = useEndSession(owner, session.id, isOwn);
  const place = [browserName(session.userAgent), session.address].filter(Boolean).join(', ');
  return (
    <>
      <Button size="sm" disabledReason={refusal ?? undefined} onClick={() => setAsking(true)}>
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
