import type { VirtualMachineDetail } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { shortenId } from '../../../lib/ids.ts';
import { NO_VALUE, formatBytes } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Absolute, Elapsed } from '../../../ui/time.tsx';
import { NodePage } from '../components/NodePage.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { virtualMachineQuery } from './queries.ts';

type Its = { virtualMachineId: string | null };

export function VirtualMachinePage() {
  const { virtualMachineId } = useParams({ from: '/virtual-machines/$virtualMachineId' });
  const query = useQuery(virtualMachineQuery(virtualMachineId));
  const its = (it: Its) => it.virtualMachineId === virtualMachineId;
  return (
    <NodePage
      kind="virtual-machine"
      id={virtualMachineId}
      noun="Virtual machine"
      renderHead={(node, index) => (
        <ObjectHead
          state={<StateLabel state={node.state.current} />}
          addresses={index
            .byKind('ip')
            .filter(its)
            .map(({ name }) => name)}
        >
          {node.state.changed !== null && <Elapsed since={node.state.changed} />}
          <span>{node.identifier}</span>
          {query.data?.isLocked === true && <Badge tone="warning">Locked</Badge>}
          {query.data?.isDeprecated === true && <Badge tone="warning">Deprecated</Badge>}
        </ObjectHead>
      )}
    >
      {(node, index) => (
        <QueryView query={query}>
          {(detail) => (
            <ObjectTabs
              of={node.id}
              name={node.name}
              raw={{ path: paths.virtualMachine(node.id), data: detail }}
              summary={
                <div className="grid gap-3 lg:grid-cols-2">
                  <Machine detail={detail} index={index} />
                  <Names title="Domains" kind="domain" nodes={index.byKind('domain').filter(its)} />
                  <Volumes detail={detail} />
                  <Gateways detail={detail} index={index} />
                </div>
              }
            />
          )}
        </QueryView>
      )}
    </NodePage>
  );
}

type PartProps = { detail: VirtualMachineDetail; index: TopologyIndex };

function Machine({ detail, index }: PartProps) {
  const { containerId } = detail;
  return (
    <Panel title="Virtual machine">
      <DefinitionList
        items={[
          ['Id', <CopyId key="id" id={detail.id} label="virtual machine id" />],
          ['Image', detail.image ?? NO_VALUE],
          ['Cores', detail.cores ?? NO_VALUE],
          ['Memory', formatBytes(detail.memoryBytes)],
          ['Public network', detail.publicNetwork ?? NO_VALUE],
          ['Hostname', detail.hostname ?? NO_VALUE],
          [
            'Container',
            containerId === null ? null : (
              <ResourceLink key="c" kind="container" id={containerId}>
                {index.get('container', containerId)?.name ?? shortenId(containerId)}
              </ResourceLink>
            ),
          ],
          ['Error', detail.state.error],
          ['Created', <Absolute key="m" at={detail.createdAt} />],
          ['Started', <Absolute key="s" at={detail.startedAt} />],
        ]}
      />
    </Panel>
  );
}

type NamesProps = { title: string; kind: string; nodes: readonly { id: string; name: string }[] };

function Names({ title, kind, nodes }: NamesProps) {
  return (
    <Panel title={`${title} (${nodes.length})`}>
      {nodes.length === 0 ? (
        <p className="text-muted">None.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {nodes.map(({ id, name }) => (
            <li key={id}>
              <ResourceLink kind={kind} id={id}>
                {name}
              </ResourceLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Volumes({ detail: { volumes } }: Pick<PartProps, 'detail'>) {
  return (
    <Panel title={`Volumes (${volumes.length})`}>
      {volumes.length === 0 && <p className="text-muted">None.</p>}
      <DefinitionList
        items={volumes.map(({ id, identifier, maxSize, isReadOnly }) => [
          identifier ?? shortenId(id),
          `${maxSize ?? 'Size not told'}${isReadOnly ? ', read-only' : ''}`,
        ])}
      />
    </Panel>
  );
}

function Gateways({ detail: { gateways }, index }: PartProps) {
  return (
    <Panel title={`Gateways (${gateways.length})`}>
      {gateways.length === 0 ? (
        <p className="text-muted">None.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {gateways.map(({ instanceId, ips }) => (
            <li key={instanceId} className="flex flex-wrap items-baseline gap-x-3">
              <ResourceLink kind="instance" id={instanceId}>
                {index.get('instance', instanceId)?.name ?? shortenId(instanceId)}
              </ResourceLink>
              {ips.length === 0 ? (
                <span className="text-muted">no public IP</span>
              ) : (
                <span className="font-mono text-xs">{ips.join(', ')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
