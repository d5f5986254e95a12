import type { PersonSession } from '@cyclorama/shared/team.ts';

import { Badge } from '../../../ui/badge.tsx';
import { Ago } from '../../../ui/time.tsx';
import { browserName, wayLabels } from '../rules.ts';
import { EndSessionButton } from './EndSessionButton.tsx';

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
      {!current && <EndSessionButton session={session} owner={owner} />}
    </li>
  );
}
