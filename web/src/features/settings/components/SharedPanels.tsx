import type { ServiceSettings, SettingsOfServices } from '@cyclorama/shared/settings.ts';

import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SERVICE_NAMES } from '../words.ts';

/** What the environment and its metadata file both say. */
export function ServicesPanel({ services }: { services: readonly ServiceSettings[] }) {
  return (
    <Panel title="Services">
      <DefinitionList
        items={services.map((service) => [
          SERVICE_NAMES[service.name] ?? service.name,
          <Service key={service.name} service={service} />,
        ])}
      />
    </Panel>
  );
}

function Service({ service }: { service: ServiceSettings }) {
  const words = [
    service.enabled ? 'On' : 'Off',
    ...(service.highAvailability === true ? ['highly available'] : []),
    ...(service.autoUpdate === true ? ['updates itself'] : []),
  ].join(', ');
  if (service.containerId === null) return <>{words}</>;
  return (
    <ResourceLink kind="container" id={service.containerId}>
      {words}
    </ResourceLink>
  );
}

export function NetworkPanel({ network }: { network: SettingsOfServices['privateNetwork'] }) {
  return (
    <Panel title="Private network">
      {network === null ? (
        <p className="text-muted">Cycle names none.</p>
      ) : (
        <DefinitionList
          items={[
            [
              'IPv6',
              <code key="ipv-" className="font-mono text-xs">
                {network.cidr ?? NO_VALUE}
              </code>,
            ],
            [
              'Subnet',
              <code key="subnet" className="font-mono text-xs">
                {network.subnet ?? NO_VALUE}
              </code>,
            ],
            ['VXLAN tag', network.vxlanTag === null ? NO_VALUE : String(network.vxlanTag)],
          ]}
        />
      )}
    </Panel>
  );
}

export function TagsPanel({ tags }: { tags: SettingsOfServices['deploymentTags'] }) {
  return (
    <Panel title="Deployment tags">
      {tags.length === 0 ? (
        <p className="text-muted">No deployment has a tag.</p>
      ) : (
        <DefinitionList items={tags.map(({ tag, version }) => [tag, version])} />
      )}
    </Panel>
  );
}
