import type { ServerDetail } from '@cyclorama/shared/infrastructure.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { NO_VALUE, formatBytes, formatDuration } from '../../../../lib/units.ts';
import { CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Absolute, Ago } from '../../../../ui/time.tsx';

const yesNo = (value: boolean | null): string => (value === null ? NO_VALUE : value ? 'Yes' : 'No');
const listed = (words: readonly (string | null)[]): string =>
  words.filter((word) => word !== null && word !== '').join(', ') || NO_VALUE;

export function OwnServerFacts({ detail }: { detail: ServerDetail }) {
  const { provider, allows, node } = detail;
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Panel title="Server">
        <DefinitionList
          items={[
            ['Id', <CopyId key="id" id={detail.id} label="server id" />],
            [
              'Hostname',
              <code key="h" className="font-mono text-xs break-all">
                {detail.hostname}
              </code>,
            ],
            ['Provider', listed([provider.vendor, provider.model])],
            ['Location', listed([provider.location, provider.zone])],
            ['Cluster', detail.cluster],
            [
              'Addresses',
              <code key="a" className="font-mono text-xs">
                {listed(detail.addresses)}
              </code>,
            ],
            ['Error', detail.state.error],
            ['Provisioned', <Absolute key="p" at={detail.provisionedAt} />],
            ['Newest instance', <Absolute key="n" at={detail.newestInstanceAt} />],
          ]}
        />
      </Panel>
      <Panel title="Placement">
        <DefinitionList
          items={[
            ['Tags', listed(detail.tags)],
            ['Takes pooled instances', yesNo(allows.pool)],
            ['Takes services', yesNo(allows.services)],
            ['Overcommits', yesNo(allows.overcommit)],
            ['Ephemeral', yesNo(detail.isEphemeral)],
            [
              'Being evacuated',
              detail.evacuatingSince === null ? 'No' : <Ago key="e" at={detail.evacuatingSince} />,
            ],
          ]}
        />
      </Panel>
      {node !== null && (
        <Panel title="Node">
          <DefinitionList
            items={[
              ['Online', yesNo(node.isOnline)],
              ['Healthy', yesNo(node.isHealthy)],
              [
                'Last check-in',
                node.lastCheckinAt === null ? NO_VALUE : <Ago key="c" at={node.lastCheckinAt} />,
              ],
              ['Kernel', node.kernel ?? NO_VALUE],
              ['Cores, threads', `${node.cores ?? NO_VALUE}, ${node.threads ?? NO_VALUE}`],
              ['Memory', formatBytes(node.memoryBytes)],
              ['Memory available', formatBytes(node.memoryAvailableBytes)],
              ['Load, 1, 5 and 15 min', node.load.map((each) => each.toFixed(2)).join(', ') || NO_VALUE],
              ['Up', node.uptimeSeconds === null ? NO_VALUE : formatDuration(node.uptimeSeconds * 1000)],
            ]}
          />
        </Panel>
      )}
    </div>
  );
}

export function OtherServerFacts({
  node,
  location,
}: {
  node: NodeOf<'server'>;
  location: string | undefined;
}) {
  return (
    <Panel title="Server">
      <DefinitionList
        items={[
          ['Id', <CopyId key="id" id={node.id} label="server id" />],
          ['Location', location ?? NO_VALUE],
          ['Provider', node.provider ?? NO_VALUE],
        ]}
      />
      <p className="mt-2 text-muted">
        Cycle’s internal API tells no more of a server on which no dashboard runs. Run a replica there to see
        its facts and images.
      </p>
    </Panel>
  );
}
