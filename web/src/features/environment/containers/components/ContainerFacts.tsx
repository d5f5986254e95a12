import type { ContainerDetail } from '@cyclorama/shared/environment.ts';
import type { ReactNode } from 'react';

import { NO_VALUE, formatBytes, formatDuration } from '../../../../lib/units.ts';
import { CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Absolute } from '../../../../ui/time.tsx';
import { publicNetworkLabel } from '../../public-network.ts';
import { DomainList, NameList, VolumeList } from './container-lists.tsx';

const mono = (text: string | null): ReactNode =>
  text === null || text === '' ? NO_VALUE : <code className="font-mono text-xs break-all">{text}</code>;
const count = (value: number | null): string => value?.toLocaleString('en') ?? NO_VALUE;
const seconds = (value: number | null): string =>
  value === null ? 'No limit' : formatDuration(value * 1000);

export function ContainerFacts({ detail }: { detail: ContainerDetail }) {
  const { container, image, network, resources, functionLimits, telemetry } = detail;
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Panel title="Container">
        <DefinitionList
          items={[
            ['Id', <CopyId key="i" id={container.id} label="container id" />],
            ['Image', image.id === null ? NO_VALUE : <CopyId key="m" id={image.id} label="image id" />],
            ['Image service', image.service],
            ['Stack', detail.stack],
            ['Desired instances', count(container.desiredInstances)],
            ['Strategy', container.strategy],
            ['Version', container.deployment],
            ['Error', container.state.error],
            ['Created', <Absolute key="c" at={detail.createdAt} />],
            ['Started', <Absolute key="s" at={detail.startedAt} />],
          ]}
        />
      </Panel>
      <Panel title="Network">
        <DefinitionList
          items={[
            ['Public network', publicNetworkLabel(network.public)],
            ['Hostname', mono(network.hostname)],
            ['Ports', mono(network.ports.join(' '))],
          ]}
        />
      </Panel>
      <Panel title="Resources">
        <DefinitionList
          items={[
            ['CPU shares limit', count(resources.cpuSharesLimit)],
            ['CPU shares reserve', count(resources.cpuSharesReserve)],
            ['Memory limit', formatBytes(resources.ramLimitBytes)],
            ['Memory reserve', formatBytes(resources.ramReserveBytes)],
            [
              'Telemetry',
              telemetry.disabled
                ? 'Off'
                : telemetry.intervalSeconds === null
                  ? 'On'
                  : `Every ${formatDuration(telemetry.intervalSeconds * 1000)}`,
            ],
          ]}
        />
      </Panel>
      {functionLimits !== null && (
        <Panel title="Function limits">
          <DefinitionList
            items={[
              ['Pool size', count(functionLimits.maxPoolSize)],
              ['Claims per shard', count(functionLimits.maxShardConcurrency)],
              ['Max run time', seconds(functionLimits.maxRuntimeSeconds)],
              ['Max wait per shard', seconds(functionLimits.maxQueueTimeSeconds)],
            ]}
          />
        </Panel>
      )}
      <DomainList domains={detail.domains} />
      <VolumeList volumes={detail.volumes} />
      <NameList names={detail.environmentVariableNames} />
    </div>
  );
}
