import type { TaskBatch } from '@cyclorama/shared/environment.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateGlyph } from '../../../ui/state-glyph.tsx';
import { EmptyState, LoadingState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { BatchReport } from './components/BatchReport.tsx';
import { batchesQuery } from './queries.ts';
import { batchGlyph, batchTitle, countsText } from './rules.ts';
import { useBatchesSearch } from './search.ts';

/** Earlier actions on many instances, each with its report. */
export function BatchesPage() {
  const query = useQuery(batchesQuery);
  const [search, setSearch] = useBatchesSearch();
  return (
    <Page
      title="Bulk actions"
      actions={
        <Link to="/activity" className={buttonClass('ghost')}>
          All activity
        </Link>
      }
    >
      <QueryView query={query} loading={<LoadingState rows={8} />}>
        {({ batches }) =>
          batches.length === 0 ? (
            <EmptyState
              title="No bulk actions yet"
              hint="Select several instances or containers in their lists to start, stop or restart them."
            />
          ) : (
            <Panel title={batches.length === 50 ? 'The newest 50' : `${batches.length} so far`} flush>
              <ol className="divide-y divide-line">
                {batches.map((batch) => (
                  <Row key={batch.id} batch={batch} />
                ))}
              </ol>
            </Panel>
          )
        }
      </QueryView>
      {search.batch !== undefined && (
        <BatchReport id={search.batch} onClose={() => setSearch({ batch: undefined })} />
      )}
    </Page>
  );
}

function Row({ batch }: { batch: TaskBatch }) {
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-baseline gap-x-2.5 px-3 py-2">
      <StateGlyph {...batchGlyph(batch)} />
      <span className="min-w-0 wrap-anywhere">
        <Link
          to="/activity/batches"
          search={{ batch: batch.id }}
          className="font-medium text-accent-text hover:underline"
        >
          {batchTitle(batch)}
        </Link>
        <span className="text-muted"> by {batch.requestedBy}</span>
        <span className="block text-muted">{countsText(batch)}</span>
      </span>
      <span className="text-xs text-muted">
        <Ago at={batch.requestedAt} />
      </span>
    </li>
  );
}
