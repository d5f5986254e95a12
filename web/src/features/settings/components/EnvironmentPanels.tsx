import type { EnvironmentSettings } from '@cyclorama/shared/settings.ts';

import { NO_VALUE } from '../../../lib/units.ts';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { onOff, yesNo } from '../words.ts';
import { DiscoveryPanel, SchedulerPanel, VpnPanel } from './ServicePanels.tsx';
import { NetworkPanel, ServicesPanel, TagsPanel } from './SharedPanels.tsx';

export function EnvironmentPanels({ settings }: { settings: EnvironmentSettings }) {
  const { vpn, monitoring, scheduler, discovery } = settings;
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Panel title="Environment">
        <DefinitionList
          items={[
            ['Name', settings.name],
            [
              'Identifier',
              <code key="identifier" className="font-mono text-xs">
                {settings.identifier}
              </code>,
            ],
            ['Id', <CopyId key="id" id={settings.id} />],
            ['Description', settings.description],
            ['Cluster', settings.cluster],
            ['State', settings.state],
            ['Created', <Absolute key="created" at={settings.createdAt} />],
            ['IPv4 inside', onOff(settings.legacyNetworking)],
          ]}
        />
      </Panel>
      <Panel title="Monitoring">
        {monitoring === null ? (
          <p className="text-muted">Cycle’s monitoring is off.</p>
        ) : (
          <DefinitionList
            items={[
              ['Tier', monitoring.tier ?? NO_VALUE],
              ['Logs go to', monitoring.logs?.url ?? 'Nowhere'],
              ['Log format', monitoring.logs?.format ?? null],
              [
                'Logs of services',
                monitoring.logs === null
                  ? null
                  : yesNo(monitoring.logs.withoutServices, ['Left out', 'Sent too']),
              ],
              ['Metrics go to', monitoring.metricsUrl ?? 'Nowhere'],
              ['Events go to', monitoring.eventsUrl ?? 'Nowhere'],
            ]}
          />
        )}
      </Panel>
      <ServicesPanel services={settings.services} />
      <VpnPanel vpn={vpn} />
      <SchedulerPanel scheduler={scheduler} />
      <DiscoveryPanel discovery={discovery} />
      <NetworkPanel network={settings.privateNetwork} />
      <TagsPanel tags={settings.deploymentTags} />
    </div>
  );
}
