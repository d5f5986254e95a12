import type { ClaimDetail } from '@cyclorama/shared/claims.ts';
import { claimActionsOf, isOpenClaim } from '@cyclorama/shared/rules/claims.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { shortenId } from '../../../../lib/ids.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Absolute, Countdown } from '../../../../ui/time.tsx';
import { retriesQuery } from '../queries.ts';
import { heldMs } from '../rules.ts';
import { ClaimCountdown } from './ClaimCountdown.tsx';

export function ClaimFacts({ claim }: { claim: ClaimDetail }) {
  const now = useServerNow();
  const held = heldMs(claim, now);
  const isRunning = claim.state === 'running';
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
        ['Error', claim.failure?.message ?? null],
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
        ['Origin', <Origin key="o" claim={claim} />],
        ['Retries', claimActionsOf(claim).includes('retry') ? <Retries key="t" id={claim.id} /> : null],
        ['Requested', <Absolute key="r" at={claim.requestedAt} />],
        ['Spawn by', claim.state === 'claimed' ? timed('b', claim.spawnBy, true) : null],
        [claim.adopted ? 'Adopted' : 'Spawned', timed('s', claim.spawnedAt, false)],
        ['Run-time limit', timed('u', claim.runsUntil, isRunning)],
        ['Automatic release', timed('l', claim.releaseAt, isRunning)],
        ['Ended', timed('e', claim.endedAt, false)],
        // Whole seconds, so that the width of the figure is stable.
        [
          'Held for',
          formatDuration(held === null || !isOpenClaim(claim) ? held : Math.floor(held / 1000) * 1000),
        ],
        [
          'Variables',
          claim.variableNames.length === 0 ? 'none' : <VariableNames key="v" names={claim.variableNames} />,
        ],
        ['Claim id', <CopyId key="id" id={claim.id} label="claim id" />],
      ]}
    />
  );
}

function timed(key: string, at: string | null, isCounting: boolean): ReactNode {
  if (at === null) return null;
  return (
    <span key={key} className="inline-flex flex-wrap gap-x-3">
      <Absolute at={at} />
      {isCounting && <Countdown to={at} />}
    </span>
  );
}

function Origin({ claim }: { claim: ClaimDetail }) {
  if (claim.retryOf !== null) {
    return (
      <>
        Retry of <ClaimLink id={claim.retryOf} />
      </>
    );
  }
  if (claim.batchId !== null) {
    return (
      <>
        In batch{' '}
        <Link
          to="/functions"
          search={{ view: 'claims', batch: claim.batchId }}
          className="font-mono text-xs underline"
        >
          {shortenId(claim.batchId)}
        </Link>
      </>
    );
  }
  return claim.adopted ? 'Adopted' : 'Single claim';
}

function Retries({ id }: { id: string }) {
  const { data = [] } = useQuery(retriesQuery(id));
  if (data.length === 0) return 'none';
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {data.map((retry) => (
        <ClaimLink key={retry.id} id={retry.id} />
      ))}
    </span>
  );
}

function ClaimLink({ id }: { id: string }) {
  return (
    <Link to="/functions/claims/$claimId" params={{ claimId: id }} className="font-mono text-xs underline">
      {shortenId(id)}
    </Link>
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

/** Names only: values are shown to the owner or an admin on request, and that is recorded. */
function VariableNames({ names }: { names: string[] }) {
  return <code className="font-mono text-xs break-words">{names.join(', ')}</code>;
}
