import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';

import { createHitTest, neighbourTowards } from '../graph/hit.ts';
import type { Direction } from '../graph/hit.ts';
import { describeNode } from '../rules.ts';
import { usePicture } from '../use-picture.ts';
import type { PictureHandle } from '../use-picture.ts';
import type { TopologyView } from '../use-topology-view.ts';

type TopologyPictureProps = {
  view: TopologyView;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
  /** Click or Enter: open the selected node's panel. */
  onOpen: (id: string) => void;
  onEscape: () => void;
  /** Next or previous match of the search. */
  onStep: (step: 1 | -1) => void;
  /** Greys the picture out. */
  stale: boolean;
  handle: RefObject<PictureHandle | null>;
};

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const help =
  'Arrow keys move the selection, Enter opens its details, Escape closes them. ' +
  'Plus and minus zoom, 0 shows everything, J and K step through the search matches. ' +
  'The table view shows the same.';

export function TopologyPicture(props: TopologyPictureProps) {
  const { view, selected, onSelect, onOpen, stale, handle: picture } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const helpId = useId();
  const hits = useMemo(() => (view.scene === null ? null : createHitTest(view.scene)), [view.scene]);
  usePicture({ host, canvas, view, selected, hovered, handle: picture });

  const nodeAt = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = picture.current?.worldAt(event.clientX - box.left, event.clientY - box.top);
    return point === undefined ? null : (hits?.at(point.x, point.y) ?? null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event.key, props, picture.current)) event.preventDefault();
  };
  const shown = view.graph.byId.get(hovered ?? selected ?? '');
  const chosen = view.graph.byId.get(selected ?? '');

  return (
    <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden rounded-lg border border-line bg-bg">
      {/* role="application": the picture handles arrow keys itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={host}
        role="application"
        aria-roledescription="picture of the environment"
        aria-label={`Topology: ${view.filtered.matches.size} nodes`}
        aria-describedby={helpId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => event.buttons === 0 && setHovered(nodeAt(event)?.id ?? null)}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          host.current?.focus({ preventScroll: true });
          const node = nodeAt(event);
          if (node === null) onSelect(undefined);
          else onOpen(node.id);
        }}
        onDoubleClick={(event) => {
          const node = nodeAt(event);
          if (node !== null) picture.current?.centre(node.id);
        }}
        className="absolute inset-0 touch-none cursor-grab outline-offset-[-3px] active:cursor-grabbing"
      >
        <canvas ref={canvas} aria-hidden className="block size-full" />
      </div>
      {stale && <div aria-hidden className="pointer-events-none absolute inset-0 bg-active/50" />}
      {shown !== undefined && (
        <p
          aria-hidden
          className="pointer-events-none absolute bottom-2 left-2 max-w-[calc(100%-16px)] truncate rounded border border-line bg-panel px-2 py-1 text-xs"
        >
          {describeNode(view.graph, shown)}
        </p>
      )}
      <p id={helpId} className="sr-only">
        {help}
      </p>
      <output className="sr-only">
        {chosen === undefined ? '' : `Selected: ${describeNode(view.graph, chosen)}`}
      </output>
    </div>
  );
}

/** @returns whether the key is bound */
function press(key: string, props: TopologyPictureProps, picture: PictureHandle | null): boolean {
  const { view, selected, onSelect, onOpen, onEscape, onStep } = props;
  const direction = directions[key];
  if (direction !== undefined) {
    const next = view.scene === null ? null : neighbourTowards(view.scene, selected ?? null, direction);
    if (next !== null) {
      onSelect(next.id);
      picture?.reveal(next.id);
    }
  } else if (key === 'Enter' && selected !== undefined) onOpen(selected);
  else if (key === 'Escape') onEscape();
  else if (key === '+' || key === '=') picture?.zoom(1.5);
  else if (key === '-') picture?.zoom(1 / 1.5);
  else if (key === '0') picture?.fit();
  else if (key === 'j') onStep(1);
  else if (key === 'k') onStep(-1);
  else return false;
  return true;
}
