import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';

import { useNarrow } from '../../../../lib/media.ts';
import { Button } from '../../../../ui/button.tsx';
import { Sheet } from '../../../../ui/sheet.tsx';
import type { Graph, GraphNode } from '../graph/build.ts';
import { NodePanel } from './NodePanel.tsx';

type NodeSideProps = {
  graph: Graph;
  node: GraphNode;
  onSelect: (id: string) => void;
  onClose: () => void;
};

export function NodeSide({ graph, node, onSelect, onClose }: NodeSideProps) {
  const narrow = useNarrow();
  const panel = <NodePanel graph={graph} node={node} onSelect={onSelect} />;
  if (narrow) {
    return (
      <Sheet open title={node.name} onOpenChange={(open) => !open && onClose()}>
        {panel}
      </Sheet>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    // Escape closes the panel from anywhere inside it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={`Details of ${node.name}`}
      onKeyDown={onKeyDown}
      className="flex max-h-[calc(100dvh-190px)] w-[340px] shrink-0 flex-col rounded-lg border border-line bg-panel"
    >
      <header className="flex items-center gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-sm">{node.name}</h2>
        <Button variant="ghost" size="sm" aria-label="Close details" onClick={onClose} className="px-1.5">
          <X aria-hidden size={14} />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto p-4">{panel}</div>
    </section>
  );
}
