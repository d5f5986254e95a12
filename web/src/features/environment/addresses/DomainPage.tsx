import { certificateState } from '@cyclorama/shared/rules/certificates.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { useSession } from '../../../api/session.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { useNow } from '../../../lib/now.ts';
import { NO_VALUE } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { ObjectHead } from '../../../ui/object-head.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { NodePage } from '../components/NodePage.tsx';
import { ObjectTabs } from '../components/ObjectTabs.tsx';
import { Certificate } from './components/address-columns.tsx';
import { certificatesQuery } from './queries.ts';

export function DomainPage() {
  const { domainId } = useParams({ from: '/domains/$domainId' });
  return (
    <NodePage
      kind="domain"
      id={domainId}
      noun="Domain"
      renderHead={(node) => (
        <ObjectHead state={<StateLabel state={node.state?.current ?? 'unknown'} />}>
          <Certificate of={node} />
        </ObjectHead>
      )}
    >
      {(node, index, raw) => (
        <ObjectTabs
          of={node.id}
          name={node.name}
          raw={raw}
          summary={
            <div className="grid gap-3 lg:grid-cols-2">
              <RecordPanel node={node} index={index} />
              <CertificatePanel node={node} />
            </div>
          }
        />
      )}
    </NodePage>
  );
}

type Props = { node: NodeOf<'domain'> };

function RecordPanel({ node, index }: Props & { index: TopologyIndex }) {
  const user =
    index.get('virtual-machine', node.virtualMachineId) ?? index.get('container', node.containerId);
  const { record } = node;
  return (
    <Panel title="DNS record">
      <DefinitionList
        items={[
          ['Id', <CopyId key="id" id={node.id} label="record id" />],
          ['Type', record === null ? 'No record' : record.type.toUpperCase()],
          ['Value', record?.value ?? null],
          [
            'Leads to',
            user === undefined ? (
              'Nothing in this environment'
            ) : (
              <ResourceLink key="u" kind={user.kind} id={user.id}>
                {user.name}
              </ResourceLink>
            ),
          ],
          ['TLS', node.tls ? 'On' : 'Off'],
          ['Error', node.state?.error ?? null],
        ]}
      />
    </Panel>
  );
}

function CertificatePanel({ node }: Props) {
  const { text } = certificateState(node, useNow());
  const renewal =
    node.certificateIsOwn === null
      ? null
      : node.certificateIsOwn
        ? 'By you: it was brought from elsewhere'
        : 'By Cycle, before it ends';
  return (
    <Panel title="Certificate">
      <DefinitionList
        items={[
          ['State', text],
          [
            'Issued',
            node.certificateIssued === null ? null : <Absolute key="i" at={node.certificateIssued} />,
          ],
          [
            'Expires',
            node.certificateExpires === null ? null : <Absolute key="e" at={node.certificateExpires} />,
          ],
          ['Renewed', renewal],
        ]}
      />
      {node.certificateExpires !== null && node.containerId !== null && (
        <PublicParts name={node.name} containerId={node.containerId} />
      )}
    </Panel>
  );
}

function PublicParts({ name, containerId }: { name: string; containerId: string }) {
  const refused = roleRefusal(useSession().user.role, 'admin');
  const query = useQuery({ ...certificatesQuery(containerId), enabled: refused === null });
  if (refused !== null) return <p className="mt-2 text-xs text-muted">Issuer and fingerprint: {refused}</p>;
  return (
    <div className="mt-1">
      <QueryView
        query={query}
        loading={
          <p data-loading className="text-muted">
            Reading the certificate…
          </p>
        }
      >
        {({ certificates }) => {
          const found = certificates.find(({ domains }) => domains.includes(name));
          const leaf = found?.leaf;
          if (leaf == null)
            return <p className="text-muted">Cycle hands out no certificate for it that can be read.</p>;
          return (
            <DefinitionList
              items={[
                ['Issuer', leaf.issuer],
                [
                  'Valid',
                  <span key="v">
                    <Absolute at={leaf.validFrom} /> to <Absolute at={leaf.validTo} />
                  </span>,
                ],
                ['For', found?.domains.join(', ') ?? NO_VALUE],
                [
                  'Serial number',
                  <code key="n" className="font-mono text-xs break-all">
                    {leaf.serialNumber}
                  </code>,
                ],
                [
                  'SHA-256',
                  <code key="f" className="font-mono text-xs break-all">
                    {leaf.fingerprint256}
                  </code>,
                ],
              ]}
            />
          );
        }}
      </QueryView>
    </div>
  );
}
