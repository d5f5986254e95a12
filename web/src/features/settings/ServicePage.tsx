import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import type { ServiceSettings } from '@cyclorama/shared/settings.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { useTopology } from '../../api/use-topology.ts';
import { pageTabsSearch } from '../../router/page-tabs-search.ts';
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

type ServicePageProps = { eventsOf: (id: string, shown: number | undefined) => ReactNode };

/** Of a service by its name in Cycle, also of one that has no container; one that has is its container's page. */
export function ServicePage({ eventsOf }: ServicePageProps) {
  const { service: name } = useParams({ from: '/services/$service' });
  const { event } = pageTabsSearch.parse(useSearch({ strict: false }));
  const { data: topology } = useTopology();
  const environment = topology?.nodes.find(({ kind }) => kind === 'environment');
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
                ...(environment !== undefined && {
                  events: (
                    <>
                      <p className="text-muted">
                        What is changed about a service is an event of its environment, {environment.name}.
                      </p>
                      {eventsOf(service.containerId ?? environment.id, event)}
                    </>
                  ),
                }),
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
