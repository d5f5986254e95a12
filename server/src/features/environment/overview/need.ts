import type { Attention, TaskAction } from '@cyclorama/shared/environment.ts';
import { instanceRefusal } from '@cyclorama/shared/rules/tasks.ts';
import { shownSince, wellBeing, wellBeings } from '@cyclorama/shared/rules/well-being.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { containerStates } from './container-states.ts';
import type { ContainerState } from './container-states.ts';

/** Changing state, or running without being ready, for longer than this needs attention. */
const STUCK_MS = 10 * 60_000;

type Need = {
  /** Nothing of it serves, though it should. */
  isOut: boolean;
  broken: readonly CycleInstance[];
  stuck: readonly CycleInstance[];
  /** The cause, worst first. */
  parts: readonly CycleInstance[];
};

/** Null: nothing is wrong with it. */
export function needOf({ instances, well }: ContainerState, now: number): Need | null {
  const isOut = well.state === 'failed' && well.share === 1;
  const broken = instances.filter((it) => isBroken(it));
  const stuck = instances.filter((it) => isStuck(it, now));
  // Of a service that is out, resting instances are the cause too.
  const parts = worstFirst(isOut && broken.length === 0 ? [...instances] : [...broken, ...stuck]);
  return parts.length === 0 && !isOut ? null : { isOut, broken, stuck, parts };
}

type NeedOptions = { action: TaskAction; now: number; isOwn: (it: CycleInstance) => boolean };

/** Of containers, those that need attention and allow the action. */
export function instancesInNeed(
  snapshot: Pick<Snapshot, 'containers' | 'instances'>,
  containerIds: readonly string[],
  { action, now, isOwn }: NeedOptions,
): CycleInstance[] {
  const wanted = new Set(containerIds);
  return containerStates(snapshot)
    .filter(({ container }) => wanted.has(container.id))
    .flatMap((state) => allowing(action, needOf(state, now)?.parts ?? [], isOwn));
}

/** Those that run or failed are restarted; where none can be, those that rest are started. */
export function remedyOf(
  parts: readonly CycleInstance[],
  isOwn: (it: CycleInstance) => boolean,
): Attention['remedy'] {
  for (const action of ['restart', 'start'] as const) {
    const count = allowing(action, parts, isOwn).length;
    if (count > 0) return { action, count };
  }
  return null;
}

function allowing(
  action: TaskAction,
  parts: readonly CycleInstance[],
  isOwn: (it: CycleInstance) => boolean,
): CycleInstance[] {
  return parts.filter((it) => !isOwn(it) && instanceRefusal(action, it) === null);
}

function isBroken(instance: CycleInstance): boolean {
  const state = wellBeing(instance);
  return state === 'failed' || state === 'unhealthy';
}

function isStuck(instance: CycleInstance, now: number): boolean {
  const state = wellBeing(instance);
  const isOdd = state === 'not-ready' || (state === 'changing' && instance.state.current !== 'new');
  const since = shownSince(instance);
  return isOdd && since !== null && now - Date.parse(since) > STUCK_MS;
}

function worstFirst(instances: CycleInstance[]): CycleInstance[] {
  const rank = (it: CycleInstance): number => wellBeings.indexOf(wellBeing(it));
  return instances.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
