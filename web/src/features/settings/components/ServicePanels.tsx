import type { SettingsOfServices } from '@cyclorama/shared/settings.ts';

import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { yesNo } from '../words.ts';
import { VpnCheckButton } from './VpnCheckButton.tsx';

export function VpnPanel({ vpn }: { vpn: SettingsOfServices['vpn'] }) {
  return (
    <Panel title="VPN" actions={<VpnCheckButton />}>
      {vpn === null ? (
        <p className="text-muted">The environment has no VPN.</p>
      ) : (
        <DefinitionList
          items={[
            ['Internet through it', yesNo(vpn.allowInternet, ['Allowed', 'Not allowed'])],
            ['Cycle accounts', yesNo(vpn.cycleAccounts, ['May sign in', 'May not sign in'])],
            ['VPN accounts', yesNo(vpn.vpnAccounts, ['May sign in', 'May not sign in'])],
            ['Asks a webhook', vpn.webhook ?? 'No'],
            ['Own directives', vpn.hasCustomDirectives ? 'Yes' : 'None'],
          ]}
        />
      )}
    </Panel>
  );
}

export function SchedulerPanel({ scheduler }: { scheduler: SettingsOfServices['scheduler'] }) {
  return (
    <Panel title="Function scheduler">
      {scheduler === null ? (
        <p className="text-muted">The environment has no scheduler settings.</p>
      ) : (
        <DefinitionList
          items={[
            ['Reachable', yesNo(scheduler.public, ['From the internet', 'Inside the environment only'])],
            ...scheduler.accessKeys.map(
              ({ name, ips }) =>
                [`Key ${name}`, ips.length === 0 ? 'From any address' : `From ${ips.join(', ')}`] as const,
            ),
          ]}
        />
      )}
    </Panel>
  );
}

/** Nothing where Cycle tells no settings of it. */
export function DiscoveryPanel({ discovery }: { discovery: SettingsOfServices['discovery'] }) {
  if (discovery === null) return null;
  return (
    <Panel title="Discovery">
      <DefinitionList
        items={[
          ['Own resolvers', discovery.customResolvers.join(', ') || 'None'],
          ['Domain suffix', discovery.domainSuffix ?? 'None'],
        ]}
      />
    </Panel>
  );
}
