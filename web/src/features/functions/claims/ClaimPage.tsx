import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { PageTabs } from '../../../router/page-tabs.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RawAnswer } from '../../../ui/raw-answer.tsx';
import { ClaimActions } from './components/ClaimActions.tsx';
import { ClaimFacts } from './components/ClaimFacts.tsx';
import { ClaimHead } from './components/ClaimHead.tsx';
import { ClaimRelations } from './components/ClaimRelations.tsx';
import { ClaimTimeline } from './components/ClaimTimeline.tsx';
import { claimQuery } from './queries.ts';

export function ClaimPage() {
  const { claimId = '' } = useParams({ strict: false });
  const claim = useQuery(claimQuery(claimId));
  return (
    <Page
      title={claim.data === undefined ? 'Claim' : `Claim on ${isolated(claim.data.containerName)}`}
      subtitle={claim.data === undefined ? null : <ClaimHead claim={claim.data} />}
      // Keyed: a dialog opened for one claim must not stay open for the next.
      actions={
        claim.data !== undefined && <ClaimActions key={claimId} claim={claim.data} size="md" withReveal />
      }
    >
      <QueryView query={claim}>
        {(data) => (
          <PageTabs
            name={`Claim on ${data.containerName}`}
            contents={{
              summary: (
                <Panel title="Claim">
                  <ClaimFacts claim={data} />
                </Panel>
              ),
              events: (
                <Panel title="Timeline">
                  <ClaimTimeline transitions={data.transitions} />
                </Panel>
              ),
              relations: <ClaimRelations claim={data} />,
              raw: <RawAnswer path={paths.claim(claimId)} data={data} />,
            }}
          />
        )}
      </QueryView>
    </Page>
  );
}
