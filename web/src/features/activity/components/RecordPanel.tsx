import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../api/query-view.tsx';
import { basePath } from '../../../lib/base-path.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Ago } from '../../../ui/time.tsx';
import { exportHref, headQuery } from '../queries.ts';
import type { ActivitySearch } from '../search.ts';

const linkLook = 'text-xs text-accent-text hover:underline';

export function RecordPanel({ search }: { search: ActivitySearch }) {
  const query = useQuery(headQuery);
  const actions = (
    <span className="flex gap-3">
      <a className={linkLook} href={basePath + exportHref(search, 'csv')} download>
        Export CSV
      </a>
      <a className={linkLook} href={basePath + exportHref(search, 'jsonl')} download>
        Export JSON lines
      </a>
    </span>
  );
  return (
    <Panel title="Record" actions={actions}>
      <QueryView
        query={query}
        loading={
          <p data-loading className="text-muted">
            Loading the record…
          </p>
        }
      >
        {({ entries, hash, verified, fault }) => (
          <div className="flex flex-col gap-1">
            {fault === null ? (
              <p>
                {entries} entries ·{' '}
                {verified === null || verified.entry === 0 ? (
                  'not verified yet'
                ) : (
                  <>
                    verified up to entry {verified.entry}, <Ago at={verified.at} />
                  </>
                )}
              </p>
            ) : (
              <p role="alert" className="text-danger-text">
                The record does not hold from entry {fault.entry} on. {fault.why} Run npm run audit:verify.
              </p>
            )}
            <p className="font-mono text-xs break-all text-muted">Head {hash}</p>
          </div>
        )}
      </QueryView>
    </Panel>
  );
}
