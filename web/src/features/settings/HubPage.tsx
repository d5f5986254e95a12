import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../api/query-view.tsx';
import { useCan } from '../../api/session.ts';
import { CopyId } from '../../ui/copy.tsx';
import { DefinitionList } from '../../ui/definition-list.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RawDetails } from '../../ui/raw-details.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { HubActivityPanel } from './components/HubActivityPanel.tsx';
import { IntegrationPanel } from './components/IntegrationPanel.tsx';
import { hubQuery } from './queries.ts';

export function HubPage() {
  const query = useQuery(hubQuery);
  const isAdmin = useCan('admin');
  return (
    <Page title="Hub" subtitle="What the environment belongs to, and the providers it is connected to.">
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <QueryView query={query} loading={<LoadingState rows={4} label="Loading the hub" />}>
          {({ id, name, state, stateChangedAt, freshness }) => (
            <Panel title="Hub">
              <DefinitionList
                items={[
                  ['Name', name],
                  ['Id', <CopyId key="id" id={id} />],
                  ['State', state],
                  ['Since', <Ago key="since" at={stateChangedAt} />],
                  ['Read', <Ago key="read" at={freshness.asOf} />],
                ]}
              />
            </Panel>
          )}
        </QueryView>
        {isAdmin ? (
          <IntegrationPanel />
        ) : (
          <Panel title="Integration">
            <p className="text-muted">Only admins can look up integrations.</p>
          </Panel>
        )}
      </div>
      <HubActivityPanel />
      {query.data !== undefined && (
        <RawDetails
          label="Source of the hub"
          source="Cycle’s internal API"
          readAt={query.data.freshness.asOf}
          path={environmentPaths.hub()}
          data={query.data}
        />
      )}
    </Page>
  );
}
