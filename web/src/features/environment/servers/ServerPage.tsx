import { paths } from '@cyclorama/shared/paths.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { idOf } from '../../../lib/ids.ts';
import { plural } from '../../../lib/units.ts';
import { useResourceRows } from '../../../router/resource-link.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { placedInstanceColumns } from '../components/instance-columns.tsx';
import { NodePage } from '../components/NodePage.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { TelemetryPanel } from './components/Coverage.tsx';
import { ImagesPanel } from './components/ImagesPanel.tsx';
import { PowerButtons } from './components/PowerButtons.tsx';
import { OtherServerFacts, OwnServerFacts } from './components/ServerFacts.tsx';
import { ownServerQuery } from './queries.ts';

type ServerPageProps = { telemetry?: (id: string) => ReactNode };

export function ServerPage({ telemetry }: ServerPageProps) {
  const { serverId } = useParams({ from: '/servers/$serverId' });
  return (
    <NodePage
      kind="server"
      id={serverId}
      noun="Server"
      renderHead={(node, index) => (
        <ObjectHead state={<StateLabel state={node.state?.current ?? 'unknown'} />}>
          <span>{plural(index.instancesOfServer(node.id).length, 'instance')}</span>
          <span>{index.get('location', node.locationId)?.name}</span>
          {node.provider !== null && <span>{node.provider}</span>}
          {node.isOwn && <Badge tone="accent">This dashboard</Badge>}
        </ObjectHead>
      )}
      renderActions={(node) => node.isOwn && <PowerButtons />}
    >
      {(node, index, raw) =>
        node.isOwn ? (
          <OwnServer node={node} index={index} telemetry={telemetry} />
        ) : (
          <ObjectTabs
            of={node.id}
            name={node.name}
            raw={raw}
            telemetry={telemetry?.(node.id)}
            summary={
              <>
                <OtherServerFacts node={node} location={index.get('location', node.locationId)?.name} />
                <TelemetryPanel serverId={node.id} />
                <Instances node={node} index={index} />
              </>
            }
          />
        )
      }
    </NodePage>
  );
}

type ServerProps = ServerPageProps & { node: NodeOf<'server'>; index: TopologyIndex };

function OwnServer({ node, index, telemetry }: ServerProps) {
  const query = useQuery(ownServerQuery);
  return (
    <QueryView query={query}>
      {(detail) => (
        <ObjectTabs
          of={node.id}
          name={node.name}
          raw={{ path: paths.ownServer(), data: detail }}
          telemetry={telemetry?.(node.id)}
          summary={
            <>
              <OwnServerFacts detail={detail} />
              <TelemetryPanel serverId={node.id} />
              <Instances node={node} index={index} />
              <ImagesPanel />
            </>
          }
        />
      )}
    </QueryView>
  );
}

function Instances({ node, index }: ServerProps) {
  const columns = useMemo(() => placedInstanceColumns(index), [index]);
  const rows = index.instancesOfServer(node.id);
  const resourceRows = useResourceRows('instance', idOf);
  return (
    <Panel title={`Runs here (${rows.length.toLocaleString('en')})`} flush>
      {rows.length === 0 ? (
        <EmptyState title="No instance of this environment runs here." />
      ) : (
        <DataTable
          caption={`Instances on ${node.name}`}
          columns={columns}
          rows={rows}
          {...resourceRows}
          height="360px"
        />
      )}
    </Panel>
  );
}
