import type { InstanceDetail } from '@cyclorama/shared/environment.ts';

import { shortenId } from '../../../../lib/ids.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { CopyButton, CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Absolute } from '../../../../ui/time.tsx';

const READINESS = new Map([
  [true, 'Ready'],
  [false, 'Not ready'],
  [null, 'Not checked'],
]);
const HEALTH = {
  healthy: 'Healthy',
  unhealthy: 'Unhealthy',
  unknown: 'Not checked yet',
  none: 'No health check',
};

function Address({ text, label }: { text: string | null; label: string }) {
  if (text === null) return NO_VALUE;
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-xs break-all">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

export function InstanceFacts({ detail }: { detail: InstanceDetail }) {
  const { instance, server, ips, networks } = detail;
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Panel title="State">
        <DefinitionList
          items={[
            ['State', <StateLabel key="s" state={instance.state.current} />],
            ['Health', HEALTH[instance.health]],
            ['Readiness', READINESS.get(instance.ready)],
            ['Permission', <StateLabel key="r" state={instance.readyState} />],
            ['Error', instance.state.error],
            ['Changed', <Absolute key="c" at={instance.state.changed} />],
            ['Started', <Absolute key="b" at={instance.startedAt} />],
            ['Created', <Absolute key="n" at={detail.createdAt} />],
            ['Purged at', detail.purgeAt === null ? null : <Absolute key="p" at={detail.purgeAt} />],
          ]}
        />
      </Panel>
      <Panel title="Place">
        <DefinitionList
          items={[
            ['Id', <CopyId key="i" id={instance.id} label="instance id" />],
            [
              'Server',
              <ResourceLink
                key="s"
                kind="server"
                id={instance.serverId}
                className="text-accent-text hover:underline"
              >
                {server === null || server.name === server.id ? shortenId(instance.serverId) : server.name}
              </ResourceLink>,
            ],
            ['Provider', server?.provider ?? null],
            ['Migrating to', instance.migratingTo],
            ['Version', instance.deployment],
            ['Hostname', <Address key="h" text={instance.hostname} label="hostname" />],
          ]}
        />
      </Panel>
      <Panel title="Network">
        <DefinitionList
          items={[
            ['Private IP', <Address key="p" text={instance.privateIp} label="private IP" />],
            ['MAC', <Address key="m" text={detail.macAddress} label="MAC address" />],
            ...ips.map(
              (ip) =>
                [
                  `Public ${ip.family === 'ipv4' ? 'IPv4' : 'IPv6'} ${ip.name}`,
                  <StateLabel key={ip.id} state={ip.state.current} />,
                ] as const,
            ),
          ]}
        />
      </Panel>
      <Panel title="Networks" flush>
        {networks.length === 0 ? (
          <p className="p-3 text-muted">Only in the environment’s own network.</p>
        ) : (
          <ul className="divide-y divide-line">
            {networks.map((network) => (
              <li key={network.id} className="flex min-h-9 items-center gap-3 px-3">
                <ResourceLink kind="network" id={network.id}>
                  {network.name}
                </ResourceLink>
                <code className="ml-auto font-mono text-xs text-muted">{network.cidr ?? NO_VALUE}</code>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}
