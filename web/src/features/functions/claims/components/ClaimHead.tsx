import type { ClaimDetail } from '@cyclorama/shared/claims.ts';
import { isOpenClaim } from '@cyclorama/shared/rules/claims.ts';
import { Link } from '@tanstack/react-router';

import { shortenId } from '../../../../lib/ids.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { ObjectHead } from '../../../../ui/object-head.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago, Elapsed } from '../../../../ui/time.tsx';

export function ClaimHead({ claim }: { claim: ClaimDetail }) {
  const { state, owner, instanceId, containerId, containerName, batchId, transitions } = claim;
  const since = transitions.at(-1)?.at ?? claim.requestedAt;
  return (
    <ObjectHead state={<StateLabel state={state} />}>
      {isOpenClaim(claim) ? <Elapsed since={since} /> : <Ago at={claim.endedAt ?? since} />}
      <span>by {owner}</span>
      <ResourceLink kind="container" id={containerId}>
        {containerName}
      </ResourceLink>
      {instanceId !== null && (
        <ResourceLink kind="instance" id={instanceId}>
          Instance {shortenId(instanceId)}
        </ResourceLink>
      )}
      {batchId !== null && <span>of a batch</span>}
      <Link to="/functions" search={{ view: 'claims' }} className="hover:underline">
        All claims
      </Link>
    </ObjectHead>
  );
}
