import { Refusal } from './reply.ts';
import type { Deployment, World } from './world.ts';
import { isReachable, mayInstantiate, queueLength } from './world.ts';

/** These errors have the key `error`, unlike those of all other routes. */
function selectionError(status: number, error: string): Refusal {
  return new Refusal({ status, json: { error } });
}

const NO_MATCH = 'no matching wdeployment found';
const UNREACHABLE = 'workspace deployment temporarily unavailable, try again later';
const DISSOLVED = 'workspace deployment is permanently unavailable';
// The server sends the trailing space too.
const LOCKED_OUT = 'workspace deployment is locked out (unavailable), please contact us ';

export const ALL_BUSY = 'All matching workspace deployments are busy. Try again later.';

const usable = (world: World, deployment: Deployment) =>
  deployment.dissolved === null && !deployment.lockout && isReachable(world, deployment);

export function selectById(world: World, id: string, user: string): Deployment {
  const deployment = world.deployments.get(id);
  if (!deployment) throw selectionError(404, NO_MATCH);
  if (deployment.dissolved !== null) throw selectionError(400, DISSOLVED);
  if (deployment.lockout) throw selectionError(400, LOCKED_OUT);
  if (!isReachable(world, deployment)) throw selectionError(503, UNREACHABLE);
  if (!mayInstantiate(world, deployment, user)) throw new Refusal({ status: 403 });
  return deployment;
}

export function selectFromList(world: World, ids: readonly string[], user: string): Deployment[] {
  const found = [...new Set(ids)].flatMap((id) => world.deployments.get(id) ?? []);
  if (found.length === 0) throw selectionError(404, NO_MATCH);
  if (found.length < new Set(ids).size)
    throw selectionError(404, 'some given IDs have no matching wdeployment');
  if (found.every((deployment) => deployment.dissolved !== null)) throw selectionError(400, DISSOLVED);
  const inService = found.filter((deployment) => usable(world, deployment));
  if (inService.length === 0) throw selectionError(503, UNREACHABLE);
  if (new Set(found.map(({ type }) => type)).size > 1)
    throw selectionError(400, 'multiple request for wdeployments of different wtype not supported');
  const allowed = inService.filter((deployment) => mayInstantiate(world, deployment, user));
  if (allowed.length === 0) throw new Refusal({ status: 403 });
  return allowed;
}

export function selectByType(world: World, type: string, user: string): Deployment[] {
  const inService = [...world.deployments.values()].filter(
    (deployment) => deployment.type === type && usable(world, deployment),
  );
  if (inService.length === 0) throw selectionError(404, NO_MATCH);
  const allowed = inService
    .filter((deployment) => mayInstantiate(world, deployment, user))
    .sort((a, b) => queueLength(world, a) - queueLength(world, b));
  const [first] = allowed;
  const queued = !first || (world.profile === 'observed' && queueLength(world, first) > 0);
  if (queued) throw selectionError(404, 'All feasible workspace deployments are busy');
  return allowed;
}

/** A deployment with reservations waiting is not free either. */
export function isFree(world: World, deployment: Deployment): boolean {
  return queueLength(world, deployment) === 0;
}
