import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import { Link } from '@tanstack/react-router';

import type { Connection } from '../api/connection.ts';
import { useCan } from '../api/session.ts';
import { StateLabel } from '../ui/state-glyph.tsx';
import { Ago, FromNow } from '../ui/time.tsx';
import { remedyOf } from './upstream-remedy.rules.ts';
import { shownState } from './upstream-status.rules.ts';

type UpstreamListProps = {
  /** `since` on the server's clock. */
  connection: Connection;
  upstreams: readonly UpstreamStatus[];
  /** Called when a link navigates away. */
  onLeave: () => void;
};

export function UpstreamList({ connection, upstreams, onLeave }: UpstreamListProps) {
  return (
    <ul className="divide-y divide-line">
      <ConnectionRow {...connection} />
      {upstreams.map((upstream) => (
        <UpstreamRow key={upstream.name} upstream={upstream} onLeave={onLeave} />
      ))}
    </ul>
  );
}

const MEANING: Record<Connection['state'], string> = {
  connecting: 'Opening the event stream.',
  live: 'Changes arrive live.',
  delayed: 'No events arrive. Everything shown is read every few seconds.',
  offline: 'The dashboard can’t be reached. The last data read is shown.',
};

function ConnectionRow({ state, since }: Connection) {
  return (
    <li className="px-2 py-2">
      <div className="flex items-center justify-between gap-3">
        <span className="font-medium">This page</span>
        <StateLabel state={state} />
      </div>
      <p className="text-muted">{MEANING[state]}</p>
      {(state === 'delayed' || state === 'offline') && (
        <p className="text-xs text-muted">
          Interrupted <Ago at={since} />
        </p>
      )}
    </li>
  );
}

type UpstreamRowProps = {
  upstream: UpstreamStatus;
  onLeave: () => void;
};

function UpstreamRow({ upstream, onLeave }: UpstreamRowProps) {
  const { label, asOf, failingSince, reason, budget } = upstream;
  return (
    <li className="px-2 py-2">
      <div className="flex items-center justify-between gap-3">
        <span className="font-medium">{label}</span>
        <StateLabel state={shownState(upstream)} />
      </div>
      {reason !== null && <p className="text-muted">{reason}</p>}
      <Remedy upstream={upstream} onLeave={onLeave} />
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        {asOf !== null && (
          <span>
            Read <Ago at={asOf} />
          </span>
        )}
        {failingSince !== null && (
          <span>
            Failing since <Ago at={failingSince} />
          </span>
        )}
        {budget !== null && budget.remaining > 0 && (
          <span>
            {budget.remaining.toLocaleString('en')} of {budget.limit.toLocaleString('en')} calls left, renewed{' '}
            <FromNow at={budget.resetsAt} />
          </span>
        )}
      </p>
      {budget !== null && budget.remaining <= 0 && (
        <p className="text-xs text-warning-text">
          No calls left of {budget.limit.toLocaleString('en')}, renewed <FromNow at={budget.resetsAt} />.
          Reads stop until then; terminations continue.
        </p>
      )}
    </li>
  );
}

/** Only admins get the link to the page where the key is set. */
function Remedy({ upstream, onLeave }: UpstreamRowProps) {
  const isAdmin = useCan('admin');
  const remedy = remedyOf(upstream);
  if (remedy === null) return null;
  if ('text' in remedy) return <p className="text-muted">{remedy.text}</p>;
  return isAdmin ? (
    <Link to={remedy.page} onClick={onLeave} className="text-accent-text hover:underline">
      Open Robot account
    </Link>
  ) : null;
}
