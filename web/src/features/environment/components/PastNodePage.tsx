import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { ObjectHead } from '../../../ui/object-head.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { NodePage } from './NodePage.tsx';
import { PastNode } from './PastNode.tsx';

type PastNodePageProps = { kind: 'container' | 'instance'; id: string; noun: string };

/** Page of a container or an instance in a past minute. */
export function PastNodePage(props: PastNodePageProps) {
  return (
    <NodePage {...props} renderHead={(node) => <Head node={node} />}>
      {(node, index) => <PastNode node={node} index={index} />}
    </NodePage>
  );
}

function Head({ node }: { node: NodeOf<'container' | 'instance'> }) {
  const { state, deployment } = node;
  return (
    <ObjectHead
      state={<StateLabel state={state.current} health={node.kind === 'instance' ? node.health : undefined} />}
    >
      {deployment !== null && <span>Version {deployment}</span>}
    </ObjectHead>
  );
}
