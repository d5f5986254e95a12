import type { BatchesResponse, ClaimBatch } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../../api/query-view.tsx';
import { shortenId } from '../../../../lib/ids.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { batchesQuery } from '../queries.ts';
import { BatchProgress } from './BatchProgress.tsx';

export function BatchesPanel() {
  const batches = useQuery(batchesQuery);
  return (
    <section aria-labelledby="batches-heading" className="flex min-w-0 flex-col gap-3">
      <h2 id="batches-heading" className="sr-only">
        Batches
      </h2>
      <QueryView query={batches} empty={noBatches}>
        {(data) => (
          <ul className="rounded-lg border border-line bg-panel">
            {data.batches.map((batch) => (
              <BatchLine key={batch.id} batch={batch} />
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}

function BatchLine({ batch }: { batch: ClaimBatch }) {
  return (
    <li className="grid gap-x-6 gap-y-2 border-b border-line px-3 py-2 last:border-b-0 sm:grid-cols-[minmax(160px,1fr)_2fr]">
      <div className="min-w-0">
        <Link
          to="/functions"
          search={{ view: 'claims', batch: batch.id }}
          className="font-medium hover:underline"
          aria-label={`${batch.containerName} ${shortenId(batch.id)}: its claims`}
        >
          {batch.containerName} <code className="font-mono text-xs text-muted">{shortenId(batch.id)}</code>
        </Link>
        <p className="text-xs text-muted">
          {isolated(batch.owner)} · <Ago at={batch.requestedAt} /> · at most {batch.concurrency} at once
        </p>
      </div>
      <BatchProgress batch={batch} />
    </li>
  );
}

function noBatches({ batches }: BatchesResponse) {
  if (batches.length > 0) return null;
  return <EmptyState title="No batches yet" hint="Claim more than one run to start a batch." />;
}
