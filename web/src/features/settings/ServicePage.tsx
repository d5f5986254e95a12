import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import type { ServiceSettings } from '@cyclorama/shared/settings.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import { QueryView } from '../../api/query-view.tsx';
import { useTopology } from '../../api/use-topology.ts';
import { PageTabs } from '../../router/page-tabs.tsx';
import { ResourceLink } from '../../router/resource-link.tsx';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RawAnswer } from '../../ui/raw-answer.tsx';
import { SourceLine } from '../../ui/source-line.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { ServiceSections } from './components/ServiceSettingsPart.tsx';
import { settingsQuery } from './queries.ts';
import { SERVICE_NAMES } from './words.ts';

/** Of a service by its name in Cycle, also of one that has no container; one that has is its container's page. */
export function ServicePage() {
  const { service: name } = useParams({ from: '/services/$service' });
  const query = useQuery(settingsQuery);
  const title = SERVICE_NAMES[name] ?? name;
  return (
    <Page title={title} subtitle="A service that Cycle runs for the environment, as it is set.">
      <QueryView query={query} loading={<LoadingState rows={6} label="Loading the service’s settings" />}>
        {(settings) => {
          const service = settings.services.find((each) => each.name === name);
          if (service === undefined)
            return (
              <EmptyState
                title="There is no such service in this environment."
                hint="It may have been removed in Cycle’s portal. Go back to the list."
              />
            );
          const { freshness } = settings;
          return (
            <PageTabs
              name={title}
              contents={{
                summary: <ServiceSections service={service} settings={settings} />,
                relations: <Relations service={service} />,
                raw: (
                  <>
                    <SourceLine source="Cycle’s internal API" readAt={freshness.asOf} />
                    <RawAnswer path={environmentPaths.settings()} data={{ freshness, service }} />
                  </>
                ),
              }}
            />
          );
        }}
      </QueryView>
    </Page>
  );
}

function Relations({ service: { containerId, enabled } }: { service: ServiceSettings }) {
  const { data } = useTopology();
  const container = data?.nodes.find(({ id }) => id === containerId);
  return (
    <Panel title="Container">
      {containerId !== null ? (
        <ResourceLink kind="container" id={containerId} className="text-accent-text hover:underline">
          {container?.name ?? containerId}
        </ResourceLink>
      ) : (
        <p className="text-muted">
          {enabled
            ? 'It has no container yet: Cycle makes one when it starts the service.'
            : 'It has no container: the service is switched off. It is switched on in Cycle’s portal.'}
        </p>
      )}
    </Panel>
  );
}
