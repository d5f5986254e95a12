import { wellBeing as wellBeingSchema } from '../topology.ts';
import type { NodeOf, WellBeing } from '../topology.ts';

/** Worst first. */
export const wellBeings: readonly WellBeing[] = wellBeingSchema.options;

type Current = { state: { current: string } };
export type InstanceFacts = Pick<
  NodeOf<'instance'>,
  'health' | 'ready' | 'readyState' | 'isFunction' | 'deployment'
> &
  Current;
export type ContainerFacts = Pick<
  NodeOf<'container'>,
  'service' | 'isFunction' | 'isDisabled' | 'desiredInstances' | 'deployment'
> &
  Current;

/**
 * Cycle's instance states (internal API, `Instance.state.current`) with health and readiness, which count only while it
 * runs: Cycle keeps the last answers of a stopped one. `new` in a function's pool waits for a claim, so it is stopped;
 * any other `new` is on its way. A state that is not known here is `changing`: neither well nor lost.
 */
export function wellBeing({ state: { current }, health, ready, isFunction }: InstanceFacts): WellBeing {
  switch (current) {
    case 'running':
      if (health === 'unhealthy') return 'unhealthy';
      return ready === false ? 'not-ready' : 'running';
    case 'failed':
    case 'stopped':
      return current;
    case 'deleted':
      return 'stopped';
    case 'new':
      return isFunction ? 'stopped' : 'changing';
    default:
      return 'changing';
  }
}

/** `running` of none. */
export function worstOf(parts: Iterable<WellBeing>): WellBeing {
  let worst: WellBeing = 'running';
  for (const part of parts) if (wellBeings.indexOf(part) < wellBeings.indexOf(worst)) worst = part;
  return worst;
}

export type ContainerWellBeing = {
  state: WellBeing;
  /** Instances that should serve and don't: failed, unhealthy, not ready, or stopped while the container runs. */
  down: number;
  total: number;
  /** From 0 to 1; 1 where the container should run and has no instance. */
  share: number;
  /** "2 of 4 down", "no instances", "deploying v3.0.0: 2 of 4"; null where nothing is down or being deployed. */
  text: string | null;
};

type Deploying = { version: string; done: number; total: number };

/**
 * Cycle replaces the instances of a container one after another (`deployment.version` of both, with
 * `config.deploy.update.stagger` in between). Null: all have its version, or the versions are not told.
 */
function deployingOf(
  { deployment: version, isFunction, service }: ContainerFacts,
  instances: readonly InstanceFacts[],
): Deploying | null {
  if (version === null || (isFunction && service === null)) return null;
  const concerned = instances.filter(isDeployable);
  const done = concerned.filter(({ deployment }) => deployment === version).length;
  return done === concerned.length ? null : { version, done, total: concerned.length };
}

function isDeployable({ deployment, readyState, state: { current } }: InstanceFacts): boolean {
  return deployment !== null && readyState === 'active' && current !== 'stopped' && current !== 'deleted';
}

/** The version that an instance is about to get; null where it has that of its container. */
export function awaitedVersion(
  instance: InstanceFacts,
  container: Pick<ContainerFacts, 'deployment'> | null | undefined,
): string | null {
  const version = container?.deployment ?? null;
  const waits = !instance.isFunction && isDeployable(instance) && instance.deployment !== version;
  return waits ? version : null;
}

/**
 * A container is as well as its worst part, and changing while a deployment goes on. Where it should run, a service without a running instance and anything
 * without instances has failed unless the environment has it switched off, and one that is partly stopped is not ready. Instances that may not run (hibernating,
 * being purged) take nothing from it, nor do those of a pool that rest or start as claims come and go.
 */
export function wellBeingOfContainer(
  container: ContainerFacts,
  instances: readonly InstanceFacts[],
): ContainerWellBeing {
  const own = containerState(container.state.current);
  const isPool = container.service === null && container.isFunction;
  const deploying = deployingOf(container, instances);
  const mustServe = own === 'running' && !isPool && !container.isDisabled;
  // Each instance that is replaced is stopped for a moment.
  const mustAllServe = mustServe && deploying === null;
  const parts: WellBeing[] = [];
  const down: WellBeing[] = [];
  for (const instance of instances) {
    const part = wellBeing(instance);
    parts.push(part);
    if (isBroken(part) || (part === 'stopped' && mustAllServe && instance.readyState === 'active'))
      down.push(part);
  }
  const total = parts.length;
  const told = (state: WellBeing): ContainerWellBeing => {
    const isMissing = total === 0 && state === 'failed';
    return {
      state,
      down: down.length,
      total,
      share: isMissing ? 1 : down.length / Math.max(1, total),
      text: isMissing ? 'no instances' : joined([downText(down, total), deployingText(deploying)]),
    };
  };
  const worstDown = worstOf(down);
  if (down.some(isBroken) && !mustServe) return told(worstDown);
  if (own !== 'running') return told(own);
  if (container.isDisabled) return told(parts.includes('running') ? 'running' : 'stopped');
  if (isPool) return told('running');
  const serves = parts.some((part) => part !== 'failed' && part !== 'stopped');
  if (!serves && (container.service !== null || (total === 0 && container.desiredInstances !== 0)))
    return told('failed');
  if (!serves && total > 0) return told(worstDown === 'running' ? 'stopped' : worstDown);
  const awake = parts.filter((part) => part !== 'stopped');
  if (deploying !== null) awake.push('changing');
  return told(worstOf(down.includes('stopped') ? [...awake, 'not-ready'] : awake));
}

function isBroken(part: WellBeing): boolean {
  return part === 'failed' || part === 'unhealthy' || part === 'not-ready';
}

/** Cycle's container states; a function container that takes claims is in `function`, not `running`. */
function containerState(current: string): 'running' | 'stopped' | 'changing' {
  if (current === 'running' || current === 'function') return 'running';
  return current === 'stopped' || current === 'deleted' ? 'stopped' : 'changing';
}

function downText(down: readonly WellBeing[], total: number): string | null {
  const [first] = down;
  if (first === undefined) return null;
  const word = down.every((part) => part === first) ? first.replace('-', ' ') : 'down';
  return `${down.length.toLocaleString('en')} of ${total.toLocaleString('en')} ${word}`;
}

const deployingText = (deploying: Deploying | null): string | null =>
  deploying === null
    ? null
    : `deploying ${deploying.version}: ${deploying.done.toLocaleString('en')} of ${deploying.total.toLocaleString('en')}`;

function joined(texts: readonly (string | null)[]): string | null {
  const told = texts.filter((text) => text !== null);
  return told.length === 0 ? null : told.join(', ');
}

/** For a label: the well-being, or Cycle's own word for what is changing. */
export function shownState(instance: InstanceFacts): string {
  const state = wellBeing(instance);
  return state === 'changing' ? instance.state.current : state;
}

/** Since when it is as {@link wellBeing} says: health and readiness change while the state stays. */
export function shownSince(
  instance: InstanceFacts & Pick<NodeOf<'instance'>, 'state' | 'healthSince' | 'readySince'>,
): string | null {
  const { state, healthSince, readySince } = instance;
  const shown = wellBeing(instance);
  if (shown === 'unhealthy') return healthSince ?? state.changed;
  return shown === 'not-ready' ? (readySince ?? state.changed) : state.changed;
}

/**
 * Since when it is as {@link wellBeingOfContainer} says: the earliest of the parts that make it so. Cycle's own state of
 * a container stays while a deployment replaces its instances: then since the first of them was. Null: not told.
 */
export function shownContainerSince(
  container: ContainerFacts & Pick<NodeOf<'container'>, 'state'>,
  instances: readonly (InstanceFacts & Pick<NodeOf<'instance'>, 'state' | 'healthSince' | 'readySince'>)[],
  { state }: Pick<ContainerWellBeing, 'state'>,
): string | null {
  const isByParts = state === 'changing' && containerState(container.state.current) !== 'changing';
  const version = isByParts ? deployingOf(container, instances)?.version : undefined;
  const times = instances
    .filter((it) =>
      isByParts
        ? wellBeing(it) === state || it.deployment === version
        : isBroken(state) && wellBeing(it) === state,
    )
    .flatMap((it) => shownSince(it) ?? []);
  return times.toSorted()[0] ?? (isByParts ? null : container.state.changed);
}

/** For a label: as {@link shownState}; what runs keeps Cycle's word, so that a function is "enabled". */
export function shownContainerState({ state: { current } }: Current, { state }: ContainerWellBeing): string {
  if (state === 'running') return current;
  return state === 'changing' && containerState(current) === 'changing' ? current : state;
}
