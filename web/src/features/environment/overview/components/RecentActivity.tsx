import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import { Link } from '@tanstack/react-router';

import { activityLabel } from '../../../../lib/activity-labels.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';

function Row({ entry }: { entry: ActivityEntry }) {
  const { at, actor, action, subject, outcome, detail } = entry;
  return (
    <li className="grid min-h-9 max-sm:h-12 grid-cols-[76px_1fr_auto] items-center gap-x-3 px-3 py-1">
      <span className="text-xs text-muted">
        <Ago at={at} />
      </span>
      <span className="line-clamp-2 min-w-0 wrap-anywhere sm:block sm:truncate">
        <span className="text-muted">{actor ?? 'System'}</span> · {activityLabel(action)}
        {subject !== null && (
          <>
            {' '}
            <ResourceLink kind={subject.kind} id={subject.id} className="font-medium hover:underline">
              {subject.name}
            </ResourceLink>
          </>
        )}
        {detail !== null && <span className="text-muted"> · {detail}</span>}
      </span>
      <StateLabel state={outcome} />
    </li>
  );
}

export function RecentActivity({ entries }: { entries: readonly ActivityEntry[] }) {
  const all = (
    <Link to="/activity" className="text-xs text-accent-text hover:underline">
      All activity
    </Link>
  );
  return (
    <Panel title="Recent activity" actions={all} flush>
      {entries.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">No activity yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
