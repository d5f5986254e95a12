import type { Health, NodeOf } from '@cyclorama/shared/topology.ts';

import { visualOf } from '../../../../ui/state-visual.ts';
import type { StateVisual } from '../../../../ui/state-visual.ts';

const visuals = new Map<string, Map<Health | null, StateVisual>>();

/** By state and health: few combinations, thousands of nodes. */
export function cachedVisual(state: string, health: Health | null): StateVisual {
  let ofState = visuals.get(state);
  if (ofState === undefined) {
    ofState = new Map();
    visuals.set(state, ofState);
  }
  let visual = ofState.get(health);
  if (visual === undefined) {
    visual = visualOf(state, health ?? undefined);
    ofState.set(health, visual);
  }
  return visual;
}

/** A container is as well as its worst instance; one that should have instances and has none is down. */
export function containerVisual(
  container: NodeOf<'container'>,
  instances: readonly NodeOf<'instance'>[],
): StateVisual {
  const own = cachedVisual(container.state.current, null);
  if (own.tone !== 'success') return own;
  const down = instances.filter((it) => cachedVisual(it.state.current, it.health).tone === 'danger').length;
  if (down > 0) return { shape: 'square', tone: 'danger', label: `${down} of ${instances.length} down` };
  if (instances.length === 0 && container.service !== null)
    return { shape: 'square', tone: 'danger', label: 'No instance' };
  return own;
}
