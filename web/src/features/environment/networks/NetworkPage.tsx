import type { NetworkDetail } from '@cyclorama/shared/infrastructure.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { idOf, shortenId } from '../../../lib/ids.ts';
import { NO_VALUE, plural } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { CopyId } from '../../../ui/copy.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.types.ts';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { NodePage } from '../components/NodePage.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { networkQuery } from './queries.ts';

export function NetworkPage() {
  const { networkId } = useParams({ from: '/networks/$networkId' });
  const query = useQuery(networkQuery(networkId));
  return (
    <NodePage
      kind="network"
      id={networkId}
      noun="Network"
      renderHead={(node) => (
        <ObjectHead state={<StateLabel state={node.state.current} />} addresses={[node.cidr]}>
          <span>{plural(node.environmentIds.length, 'environment')}</span>
        </ObjectHead>
      )}
    >
      {(node, index) => (
        <QueryView query={query}>
          {(detail) => (
            <ObjectTabs
              of={node.id}
              name={node.name}
              raw={{ path: paths.network(node.id), data: detail }}
              summary={
                <>
                  <div className="grid gap-3 lg:grid-cols-2">
                    <Facts detail={detail} />
                    <Environments detail={detail} index={index} />
                  </div>
                  <Instances detail={detail} index={index} />
                </>
              }
            />
          )}
        </QueryView>
      )}
    </NodePage>
  );
}

function Facts({ detail }: { detail: NetworkDetail }) {
  return (
    <Panel title="Network">
      <DefinitionList
        items={[
          ['Id', <CopyId key="id" id={detail.id} label="network id" />],
          ['Identifier', detail.identifier],
          [
            'Addresses',
            <code key="a" className="font-mono text-xs">
              {detail.cidr ?? NO_VALUE}
            </code>,
          ],
          ['VXLAN tag', detail.vxlanTag ?? NO_VALUE],
          ['Created', <Absolute key="c" at={detail.createdAt} />],
        ]}
      />
    </Panel>
  );
}

type PartProps = { detail: NetworkDetail; index: TopologyIndex };

function Environments({ detail: { environments, instances }, index }: PartProps) {
  return (
    <Panel title={`Environments (${environments.length.toLocaleString('en')})`} flush>
      <ul className="divide-y divide-line">
        {environments.map(({ id, name, addedAt }) => (
          <li key={id} className="flex min-h-9 flex-wrap items-center gap-x-3 px-3 py-1">
            <span className="min-w-40 flex-1 truncate">{name ?? shortenId(id)}</span>
            {index.get('environment', id) !== undefined && <span className="text-muted">this one</span>}
            <span className="text-muted">
              {plural(instances.filter(({ environmentId }) => environmentId === id).length, 'instance')}
            </span>
            <span className="text-xs text-muted">
              joined <Absolute at={addedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Instances({ detail: { name, environments, instances }, index }: PartProps) {
  const columns = useMemo(() => instanceColumns(environments, index), [environments, index]);
  return (
    <Panel title={`Instances (${instances.length.toLocaleString('en')})`} flush>
      {instances.length === 0 ? (
        <EmptyState title="No instance is in this network." />
      ) : (
        <DataTable
          caption={`Instances in ${name}`}
          columns={columns}
          rows={instances}
          rowKey={idOf}
          height="420px"
        />
      )}
    </Panel>
  );
}

type Instance = NetworkDetail['instances'][number];

/** Those of other environments have no page here. */
const instanceColumns = (
  environments: NetworkDetail['environments'],
  index: TopologyIndex,
): Column<Instance>[] => [
  {
    key: 'name',
    header: 'Instance',
    primary: true,
    value: ({ name }) => name,
    cell: ({ id, name }) =>
      index.get('instance', id) === undefined ? (
        name
      ) : (
        <ResourceLink kind="instance" id={id}>
          {name}
        </ResourceLink>
      ),
  },
  {
    key: 'environment',
    header: 'Environment',
    priority: 1,
    value: ({ environmentId }) => environments.find(({ id }) => id === environmentId)?.name ?? environmentId,
    cell: ({ environmentId }) =>
      environments.find(({ id }) => id === environmentId)?.name ?? shortenId(environmentId),
  },
  {
    key: 'state',
    header: 'State',
    priority: 2,
    width: 160,
    value: ({ state }) => state,
    cell: ({ state }) => <StateLabel state={state} />,
  },
  {
    key: 'ip',
    header: 'Private IP',
    priority: 3,
    width: 220,
    value: ({ privateIp }) => privateIp,
    cell: ({ privateIp }) => <span className="font-mono text-xs">{privateIp ?? NO_VALUE}</span>,
  },
];
