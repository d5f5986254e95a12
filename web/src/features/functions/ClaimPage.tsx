import type { ClaimDetail } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { QueryView } from '../../api/query-view.tsx';
import { formatDuration } from '../../lib/units.ts';
import { CopyId } from '../../ui/copy.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateLabel } from '../../ui/state-glyph.tsx';
import { Absolute } from '../../ui/time.tsx';
import { heldFor } from './claims.rules.ts';
import { ClaimActions } from './components/ClaimActions.tsx';
import { ClaimCountdown } from './components/ClaimCountdown.tsx';
import { ClaimTimeline } from './components/ClaimTimeline.tsx';
import { claimQuery, useServerNow } from './functions.queries.ts';

/** One claim, from its request to its end: what holds, what can be done, and every step so far. */
export function ClaimPage() {
  const { claimId = '' } = useParams({ strict: false });
  const claim = useQuery(claimQuery(claimId));
  return (
    <Page
      title={claim.data === undefined ? 'Claim' : `Claim on ${claim.data.containerName}`}
      subtitle={
        <Link to="/functions" className="hover:underline">
          All claims
        </Link>
      }
      actions={claim.data !== undefined && <ClaimActions claim={claim.data} size="md" />}
    >
      <QueryView query={claim}>
        {(data) => (
          <div className="grid gap-3 lg:grid-cols-2">
            <Panel title="Now">
              <ClaimFacts claim={data} />
            </Panel>
            <Panel title="What happened">
              <ClaimTimeline transitions={data.transitions} />
            </Panel>
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function ClaimFacts({ claim }: { claim: ClaimDetail }) {
  const now = useServerNow();
  return (
    <DefinitionList
      items={[
        [
          'State',
          <span key="state" className="inline-flex flex-wrap items-center gap-3">
            <StateLabel state={claim.state} />
            <ClaimCountdown claim={claim} />
          </span>,
        ],
        ['What went wrong', claim.failure?.message ?? null],
        [
          'Function',
          <Link
            key="f"
            to="/containers/$containerId"
            params={{ containerId: claim.containerId }}
            className="underline"
          >
            {claim.containerName}
          </Link>,
        ],
        ['Instance', <InstanceLink key="i" id={claim.instanceId} />],
        ['Owner', claim.owner],
        ['Requested', <Absolute key="r" at={claim.requestedAt} />],
        ['Spawned', claim.spawnedAt === null ? null : <Absolute key="s" at={claim.spawnedAt} />],
        ['Runs until', claim.runsUntil === null ? null : <Absolute key="u" at={claim.runsUntil} />],
        ['Ended', claim.endedAt === null ? null : <Absolute key="e" at={claim.endedAt} />],
        ['Held for', formatDuration(heldFor(claim, now))],
        [
          'Variables',
          claim.variableNames.length === 0 ? 'none' : <VariableNames key="v" names={claim.variableNames} />,
        ],
        ['Claim id', <CopyId key="id" id={claim.id} label="claim id" />],
      ]}
    />
  );
}

function InstanceLink({ id }: { id: string | null }) {
  if (id === null) return 'none yet';
  return (
    <span className="inline-flex items-center gap-2">
      <CopyId id={id} label="instance id" />
      <Link to="/instances/$instanceId" params={{ instanceId: id }} className="underline">
        Open
      </Link>
    </span>
  );
}

/** Names only: the values went to the scheduler and are shown nowhere. */
function VariableNames({ names }: { names: string[] }) {
  return <code className="font-mono text-xs break-words">{names.join(', ')}</code>;
}
