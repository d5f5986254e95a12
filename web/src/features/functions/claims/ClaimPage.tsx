import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ClaimActions } from './components/ClaimActions.tsx';
import { ClaimFacts } from './components/ClaimFacts.tsx';
import { ClaimTimeline } from './components/ClaimTimeline.tsx';
import { claimQuery } from './queries.ts';

export function ClaimPage() {
  const { claimId = '' } = useParams({ strict: false });
  const claim = useQuery(claimQuery(claimId));
  return (
    <Page
      title={claim.data === undefined ? 'Claim' : `Claim on ${isolated(claim.data.containerName)}`}
      subtitle={
        <Link to="/functions" search={{ view: 'claims' }} className="hover:underline">
          All claims
        </Link>
      }
      // Keyed: a dialog opened for one claim must not stay open for the next.
      actions={
        claim.data !== undefined && <ClaimActions key={claimId} claim={claim.data} size="md" withReveal />
      }
    >
      <QueryView query={claim}>
        {(data) => (
          <div className="grid items-start gap-3 lg:grid-cols-2">
            <Panel title="Now">
              <ClaimFacts claim={data} />
            </Panel>
            <Panel title="Timeline">
              <ClaimTimeline transitions={data.transitions} />
            </Panel>
          </div>
        )}
      </QueryView>
    </Page>
  );
}
