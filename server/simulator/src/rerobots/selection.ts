import { Refusal } from './reply.ts';
import type { Deployment, World } from './world.ts';
import { isReachable, mayInstantiate, queueLength } from './world.ts';

/** The errors of choosing a deployment come under the key `error`. */
function selectionError(status: number, error: string): Refusal {
  return new Refusal({ status, json: { error } });
}

const noMatch = 'no matching wdeployment found';
const unreachable = 'workspace deployment temporarily unavailable, try again later';
const dissolved = 'workspace deployment is permanently unavailable';
// The space at the end is the server's.
const lockedOut = 'workspace deployment is locked out (unavailable), please contact us ';

export const allBusy = 'All matching workspace deployments are busy. Try again later.';

const usable = (world: World, deployment: Deployment) =>
  deployment.dissolved === null && !deployment.lockout && isReachable(world, deployment);

/** The deployment of that id, or the refusal for why a user may not launch on it. */
export function selectById(world: World, id: string, user: string): Deployment {
  const deployment = world.deployments.get(id);
  if (!deployment) throw selectionError(404, noMatch);
  if (deployment.dissolved !== null) throw selectionError(400, dissolved);
  if (deployment.lockout) throw selectionError(400, lockedOut);
  if (!isReachable(world, deployment)) throw selectionError(503, unreachable);
  if (!mayInstantiate(world, deployment, user)) throw new Refusal({ status: 403 });
  return deployment;
}

/** The deployments named in `wds`, which must share one type; those out of service are left out. */
export function selectFromList(world: World, ids: readonly string[], user: string): Deployment[] {
  const found = [...new Set(ids)].flatMap((id) => world.deployments.get(id) ?? []);
  if (found.length === 0) throw selectionError(404, noMatch);
  if (found.length < new Set(ids).size)
    throw selectionError(404, 'some given IDs have no matching wdeployment');
  if (found.every((deployment) => deployment.dissolved !== null)) throw selectionError(400, dissolved);
  const inService = found.filter((deployment) => usable(world, deployment));
  if (inService.length === 0) throw selectionError(503, unreachable);
  if (new Set(found.map(({ type }) => type)).size > 1)
    throw selectionError(400, 'multiple request for wdeployments of different wtype not supported');
  const allowed = inService.filter((deployment) => mayInstantiate(world, deployment, user));
  if (allowed.length === 0) throw new Refusal({ status: 403 });
  return allowed;
}

/**
 * The deployments of a type that a user may launch on, shortest queue first. Observed: where none is free this is
 * already the refusal, so a type can't be reserved.
 */
export function selectByType(world: World, type: string, user: string): Deployment[] {
  const inService = [...world.deployments.values()].filter(
    (deployment) => deployment.type === type && usable(world, deployment),
  );
  if (inService.length === 0) throw selectionError(404, noMatch);
  const allowed = inService
    .filter((deployment) => mayInstantiate(world, deployment, user))
    .sort((a, b) => queueLength(world, a) - queueLength(world, b));
  const [first] = allowed;
  const queued = !first || (world.profile === 'observed' && queueLength(world, first) > 0);
  if (queued) throw selectionError(404, 'All feasible workspace deployments are busy');
  return allowed;
}

/** Whether a deployment can be launched on this moment: nobody on it and nobody waiting. */
export function isFree(world: World, deployment: Deployment): boolean {
  return queueLength(world, deployment) === 0;
}
