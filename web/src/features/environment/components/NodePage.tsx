import { paths } from '@cyclorama/shared/paths.ts';
import type { NodeKind, NodeOf } from '@cyclorama/shared/topology.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import type { TopologyIndex } from '../../../api/use-topology.ts';
import { useMoment } from '../../../lib/moment.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import type { RawAnswerProps } from '../../../ui/raw-answer.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { PastNode } from './PastNode.tsx';

type NodePageProps<K extends NodeKind> = {
  kind: K;
  id: string;
  /** With a capital letter; the title until the name is known. */
  noun: string;
  /** The line under the name. */
  renderHead: (node: NodeOf<K>, index: TopologyIndex) => ReactNode;
  renderActions?: (node: NodeOf<K>) => ReactNode;
  children: (node: NodeOf<K>, index: TopologyIndex, raw: RawAnswerProps) => ReactNode;
};

/** Frame of the page of one node of the topology: its name and head, and what to do where it is gone. */
export function NodePage<K extends NodeKind>(props: NodePageProps<K>) {
  const { kind, id, noun, renderHead, renderActions, children } = props;
  const query = useTopology();
  const isNow = useMoment() === null;
  const index = query.data === undefined ? undefined : indexTopology(query.data);
  const node = index?.get(kind, id);
  return (
    <Page
      title={node?.name ?? noun}
      subtitle={index === undefined ? null : node === undefined ? undefined : renderHead(node, index)}
      actions={
        <>
          <PastButton />
          <Link to="/topology" search={{ select: id }} className={buttonClass('ghost')}>
            Show in topology
          </Link>
          {isNow && node !== undefined && renderActions?.(node)}
        </>
      }
    >
      <QueryView query={query}>
        {() =>
          node === undefined || index === undefined ? (
            <EmptyState
              title={`There ${isNow ? 'is' : 'was'} no such ${withinSentence(noun)} in this environment${isNow ? '' : ' then'}.`}
              hint={
                isNow
                  ? 'It may have been deleted. Go back to the list.'
                  : 'It came later or was gone. Choose another minute.'
              }
            />
          ) : !isNow ? (
            <PastNode node={node} index={index} />
          ) : (
            children(node, index, {
              path: paths.topologyNode(node.id),
              data: { freshness: query.data?.freshness, node },
            })
          )
        }
      </QueryView>
    </Page>
  );
}

/** "server", "virtual machine", "IP address". */
const withinSentence = (noun: string): string => (/^[A-Z]{2}/.test(noun) ? noun : noun.toLowerCase());
