import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { endRefusal } from '@cyclorama/shared/rules/team.ts';
import type { TeamPerson } from '@cyclorama/shared/team.ts';
import { useState } from 'react';
import type { ReactNode } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Ago, Countdown } from '../../../ui/time.tsx';
import { useRevokeToken } from '../queries.ts';
import { wayLabels } from '../rules.ts';
import { BlockButton } from './BlockButton.tsx';
import { FreeNameButton } from './FreeNameButton.tsx';
import { RoleField } from './RoleField.tsx';
import { SessionList } from './SessionList.tsx';

type PersonSheetProps = { member: TeamPerson; team: TeamPerson[]; onClose: () => void };

export function PersonSheet({ member, team, onClose }: PersonSheetProps) {
  const { name, way, blocked, lapse, confirmedAt, sessions, tokens } = member;
  return (
    <Sheet
      open
      title={name}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <FreeNameButton member={member} onFreed={onClose} />
          <BlockButton member={member} />
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-1 text-muted">
          <p>
            {wayLabels[way]}, confirmed by signing in <Ago at={confirmedAt} />
          </p>
          {blocked !== null && (
            <p className="text-danger-text">
              Blocked{blocked.by !== null && ` by ${isolated(blocked.by)}`} <Ago at={blocked.at} />
            </p>
          )}
          {lapse !== null && <p className="text-warning-text">No access until the next sign-in.</p>}
        </div>
        <RoleField member={member} team={team} />
        <Part title={`Sessions · ${sessions.length}`}>
          {sessions.length === 0 ? (
            <p className="text-muted">Not signed in.</p>
          ) : (
            <SessionList owner={name} sessions={sessions} />
          )}
        </Part>
        <Part title={`Access tokens · ${tokens.length}`}>
          {tokens.length === 0 ? (
            <p className="text-muted">None.</p>
          ) : (
            <ul className="divide-y divide-line rounded-lg border border-line">
              {tokens.map((token) => (
                <TokenItem key={token.id} owner={name} token={token} />
              ))}
            </ul>
          )}
        </Part>
      </div>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{title}</h3>
      {children}
    </section>
  );
}

function TokenItem({ owner, token }: { owner: string; token: AccessToken }) {
  const { user } = useSession();
  const [isAsking, setAsking] = useState(false);
  const revoke = useRevokeToken(owner, token.id);
  const refusal = owner === user.name ? 'Delete your own under Access tokens.' : endRefusal(owner, user);
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={token.name}>
          {token.name}
        </p>
        <p className="text-xs text-muted">
          {token.role} · expires <Countdown to={token.expiresAt} />
        </p>
        <p className="text-xs text-muted">
          {token.lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Used <Ago at={token.lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Button size="sm" disabledReason={refusal ?? undefined} onClick={() => setAsking(true)}>
        Revoke…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Revoke “${isolated(token.name)}” of ${isolated(owner)}?`}
        body="Whatever uses it is refused from now on. This can’t be undone."
        actionLabel="Revoke token"
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </li>
  );
}
