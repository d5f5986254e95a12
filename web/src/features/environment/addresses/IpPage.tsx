import type { NodeOf } from '@cyclorama/shared/topology.ts';
import { useParams } from '@tanstack/react-router';

import type { TopologyIndex } from '../../../api/use-topology.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { CopyButton, CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { NodePage } from '../components/NodePage.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { FAMILY, userOf } from './rows.ts';

export function IpPage() {
  const { ipId } = useParams({ from: '/ips/$ipId' });
  return (
    <NodePage
      kind="ip"
      id={ipId}
      noun="IP address"
      renderHead={(node, index) => (
        <ObjectHead state={<StateLabel state={node.state.current} />}>
          <span>{FAMILY[node.family]}</span>
          <span>
            Used by <User node={node} index={index} />
          </span>
        </ObjectHead>
      )}
    >
      {(node, index, raw) => (
        <ObjectTabs of={node.id} name={node.name} raw={raw} summary={<Facts node={node} index={index} />} />
      )}
    </NodePage>
  );
}

type Props = { node: NodeOf<'ip'>; index: TopologyIndex };

function User({ node, index }: Props) {
  const user = userOf(index, node);
  if (user === null) return <>nobody</>;
  return (
    <ResourceLink kind={user.kind} id={user.id}>
      {user.name}
    </ResourceLink>
  );
}

function Facts({ node, index }: Props) {
  const container = index.get('container', node.containerId);
  const instance = index.get('instance', node.instanceId);
  const server = index.get('server', instance?.serverId);
  return (
    <Panel title="IP address">
      <DefinitionList
        items={[
          [
            'Address',
            <span key="a" className="inline-flex items-center gap-1">
              <code className="font-mono text-xs break-all">{node.name}</code>
              <CopyButton text={node.name} label="address" />
            </span>,
          ],
          ['Id', <CopyId key="id" id={node.id} label="IP id" />],
          ['Used by', <User key="u" node={node} index={index} />],
          [
            'Of container',
            container === undefined ? null : (
              <ResourceLink key="c" kind="container" id={container.id}>
                {container.name}
              </ResourceLink>
            ),
          ],
          [
            'On server',
            server === undefined ? null : (
              <ResourceLink key="s" kind="server" id={server.id}>
                {server.name}
              </ResourceLink>
            ),
          ],
          ['Changed', <Absolute key="t" at={node.state.changed} />],
          ['Error', node.state.error],
        ]}
      />
    </Panel>
  );
}
