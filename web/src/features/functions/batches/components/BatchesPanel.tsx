import type { BatchesResponse } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { batchesQuery } from '../queries.ts';
import { BatchesTable } from './BatchesTable.tsx';

export function BatchesPanel() {
  const batches = useQuery(batchesQuery);
  return (
    <section aria-labelledby="batches-heading" className="flex min-w-0 flex-col gap-3">
      <h2 id="batches-heading" className="sr-only">
        Batches
      </h2>
      <QueryView query={batches} empty={noBatches}>
        {(data) => <BatchesTable batches={data.batches} />}
      </QueryView>
    </section>
  );
}

function noBatches({ batches }: BatchesResponse) {
  if (batches.length > 0) return null;
  return <EmptyState title="No batches yet" hint="Claim more than one run to start a batch." />;
}
