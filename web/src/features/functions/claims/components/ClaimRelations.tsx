import type { Claim } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';

import { shortenId } from '../../../../lib/ids.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { RelationList } from '../../../../ui/relation-list.tsx';
import type { Relation } from '../../../../ui/relation-list.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { claimListQuery, retriesQuery } from '../queries.ts';

/** What it runs on, what it repeats or was repeated by, and what else is claimed of the same function. */
export function ClaimRelations({ claim }: { claim: Claim }) {
  const { id, containerId, containerName, instanceId, batchId, retryOf } = claim;
  const retries = useQuery(retriesQuery(id)).data ?? [];
  const open = useQuery(claimListQuery({ state: 'open', containerId })).data?.claims ?? [];
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <RelationList
        title="Runs on"
        relations={[
          linkTo('container', containerId, containerName, 'Function'),
          ...(instanceId === null ? [] : [linkTo('instance', instanceId, shortenId(instanceId), 'Instance')]),
        ]}
      />
      <RelationList
        title="Batch"
        relations={batchId === null ? [] : [linkTo('claim-batch', batchId, shortenId(batchId), 'Its claims')]}
      />
      <RelationList
        title="Retry of"
        relations={retryOf === null ? [] : [linkTo('claim', retryOf, shortenId(retryOf), 'Claim')]}
      />
      <RelationList title="Retried by" relations={retries.map(relationOf)} />
      <RelationList
        title={`Other open claims on ${containerName}`}
        relations={open.filter((other) => other.id !== id).map(relationOf)}
      />
    </div>
  );
}

const linkTo = (kind: string, id: string, name: string, note: string): Relation => ({
  id,
  link: (
    <ResourceLink kind={kind} id={id}>
      {name}
    </ResourceLink>
  ),
  note,
});

const relationOf = ({ id, owner, state }: Claim): Relation => ({
  ...linkTo('claim', id, `${shortenId(id)} by ${owner}`, ''),
  note: <StateLabel state={state} />,
});
