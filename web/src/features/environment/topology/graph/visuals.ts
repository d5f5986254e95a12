import { shownContainerState, shownState, wellBeingOfContainer } from '@cyclorama/shared/rules/well-being.ts';
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

/** Of an unhealthy or not ready one the well-being, not Cycle's state. */
export function instanceVisual(instance: NodeOf<'instance'>): StateVisual {
  return cachedVisual(shownState(instance), instance.health);
}

/** Its label is the share that is down, where there is one. */
export function containerVisual(
  container: NodeOf<'container'>,
  instances: readonly NodeOf<'instance'>[],
): StateVisual {
  const well = wellBeingOfContainer(container, instances);
  const visual = cachedVisual(shownContainerState(container, well), null);
  return well.text === null ? visual : { ...visual, label: capitalised(well.text) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
