import { useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';

import { serverNow } from '../../../../lib/server-clock.ts';
import { isTopologyKey } from '../../../../lib/topology-keys.ts';
import type { topologyKeys } from '../../../../lib/topology-keys.ts';
import type { Fill } from '../graph/fills.ts';
import { createHitTest } from '../graph/hit.ts';
import type { Direction, Step, Walk } from '../graph/walk.ts';
import { announceNode, describeNode } from '../rules.ts';
import { usePicture } from '../use-picture.ts';
import type { PictureHandle } from '../use-picture.ts';
import type { TopologyView } from '../use-topology-view.ts';
import { useWiring } from '../use-wiring.ts';

type TopologyPictureProps = {
  view: TopologyView;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
  /** Click or Enter: open the selected node's panel. */
  onOpen: (id: string) => void;
  onEscape: () => void;
  /** Next or previous match of the search. */
  onStep: (step: 1 | -1) => void;
  /** Null: cells show their state. */
  fill: Fill | null;
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
  'Up and down walk a lane, left and right follow the lines, Home and End go to its ends. ' +
  'Enter opens the details, Escape goes back. ' +
  'Plus and minus zoom, 0 shows everything, J and K step through the search matches. ' +
  'The table view shows the same.';

export function TopologyPicture(props: TopologyPictureProps) {
  const { view, selected, onSelect, onOpen, stale, handle: picture } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [told, setTold] = useState('');
  const cameFrom = useRef<string | null>(null);
  const wiring = useWiring(view);
  const helpId = useId();
  const hits = useMemo(() => (view.scene === null ? null : createHitTest(view.scene)), [view.scene]);
  usePicture({ host, canvas, view, selected, hovered, wiring, fill: props.fill, focused, handle: picture });

  const nodeAt = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = picture.current?.worldAt(event.clientX - box.left, event.clientY - box.top);
    return point === undefined ? null : (hits?.at(point.x, point.y) ?? null);
  };
  const follow = (step: Step | null, otherwise: string) => {
    if (step === null) {
      setTold(otherwise);
      return;
    }
    cameFrom.current = selected ?? null;
    setTold(step.enteredLane === null ? '' : `No line leads there. ${step.enteredLane}: `);
    onSelect(step.id);
    picture.current?.reveal(step.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepFor(event.key, wiring.walk(), selected ?? null, cameFrom.current);
    if (step !== undefined) follow(step, 'Nothing further that way.');
    else if (!press(event.key, props, picture.current)) return;
    event.preventDefault();
  };
  const shown = view.graph.byId.get(hovered ?? selected ?? '');
  const chosen = view.graph.byId.get(selected ?? '');
  const selection =
    chosen === undefined
      ? ''
      : announceNode(view.graph, chosen, {
          position: wiring.walk()?.position(chosen.id) ?? null,
          now: serverNow(),
        });

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
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          host.current?.focus({ preventScroll: true });
          const node = nodeAt(event);
          cameFrom.current = null;
          setTold('');
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
        {told}
        {selection}
      </output>
    </div>
  );
}

/** Undefined for a key that doesn't walk; null where there is nowhere to go. */
function stepFor(
  key: string,
  walk: Walk | null,
  from: string | null,
  cameFrom: string | null,
): Step | null | undefined {
  const direction = directions[key];
  if (direction !== undefined) return walk?.step(from, direction, cameFrom) ?? null;
  if (isTopologyKey('first', key)) return walk?.edge(from, 'first') ?? null;
  return isTopologyKey('last', key) ? (walk?.edge(from, 'last') ?? null) : undefined;
}

/** @returns whether the key is bound */
function press(key: string, props: TopologyPictureProps, picture: PictureHandle | null): boolean {
  const { selected, onOpen, onEscape, onStep } = props;
  const is = (name: keyof typeof topologyKeys): boolean => isTopologyKey(name, key);
  if (is('open') && selected !== undefined) onOpen(selected);
  else if (is('back')) onEscape();
  else if (is('zoomIn')) picture?.zoom(1.5);
  else if (is('zoomOut')) picture?.zoom(1 / 1.5);
  else if (is('fit')) picture?.fit();
  else if (is('next')) onStep(1);
  else if (is('previous')) onStep(-1);
  else return false;
  return true;
}
