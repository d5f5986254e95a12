import type { ServiceSettings, SettingsOfServices } from '@cyclorama/shared/settings.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { settingsQuery } from '../queries.ts';
import { SERVICE_NAMES, onOff, yesNo } from '../words.ts';
import { LoadBalancerPanels } from './LoadBalancerPanels.tsx';
import { DiscoveryPanel, SchedulerPanel, VpnPanel } from './ServicePanels.tsx';

/** How Cycle has the service set that a container is; on the page of that container. */
export function ServiceSettingsPart({ containerId }: { containerId: string }) {
  const query = useQuery(settingsQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={4} label="Loading the service’s settings" />}>
      {(settings) => {
        const service = settings.services.find((each) => each.containerId === containerId);
        return service === undefined ? null : <ServiceSections service={service} settings={settings} />;
      }}
    </QueryView>
  );
}

type ServiceSectionsProps = { service: ServiceSettings; settings: SettingsOfServices };

/** What Cycle tells of a service, whether or not it has a container. */
export function ServiceSections({ service, settings }: ServiceSectionsProps) {
  return (
    <section aria-label="Settings of the service" className="flex flex-col gap-3">
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <ServicePanel service={service} />
        {service.name === 'vpn' && <VpnPanel vpn={settings.vpn} />}
        {service.name === 'scheduler' && <SchedulerPanel scheduler={settings.scheduler} />}
        {service.name === 'discovery' && <DiscoveryPanel discovery={settings.discovery} />}
      </div>
      {service.name === 'loadbalancer' && <LoadBalancerPanels loadBalancer={settings.loadBalancer} />}
    </section>
  );
}

function ServicePanel({ service }: { service: ServiceSettings }) {
  const { name, enabled, highAvailability, autoUpdate } = service;
  return (
    <Panel
      title="Service"
      actions={
        <Link to="/settings" className="text-accent-text hover:underline">
          All settings
        </Link>
      }
    >
      <DefinitionList
        items={[
          ['Service', SERVICE_NAMES[name] ?? name],
          ['State', onOff(enabled)],
          ['Highly available', yesNo(highAvailability)],
          ['Updates itself', yesNo(autoUpdate)],
        ]}
      />
    </Panel>
  );
}
