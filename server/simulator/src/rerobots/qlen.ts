import { empty, ok } from './reply.ts';
import type { Route } from './route.ts';
import { guarded } from './route.ts';
import { selectById } from './selection.ts';
import type { Deployment, World } from './world.ts';
import { activeInstance, queueLength } from './world.ts';

/** Whole seconds until the running instance expires; null without `expire_d` or without an instance. */
function remaining(world: World, deployment: Deployment): number | null {
  const instance = activeInstance(world, deployment);
  if (!instance || instance.options.expireSeconds === undefined) return null;
  const end = instance.start / 1000 + instance.options.expireSeconds * 1000;
  return Math.max(0, Math.ceil((end - world.clock.now()) / 1000));
}

function view(world: World, deployments: readonly Deployment[]) {
  const usable = deployments.filter(({ dissolved, lockout }) => dissolved === null && !lockout);
  return ok(
    Object.fromEntries(
      usable.map((deployment) => [
        deployment.id,
        { qlen: queueLength(world, deployment), rem: remaining(world, deployment) },
      ]),
    ),
  );
}

export const qlenRoutes: Route[] = [
  guarded('GET', '/qlen', 'charset', ({ world, query, caller }) => {
    const ids = query.get('wds')?.split(',') ?? [];
    if (ids.length === 0) return empty(404);
    const found = ids.map((id) => {
      const deployment = world.deployments.get(id);
      return deployment?.lockout && deployment.dissolved === null
        ? deployment
        : selectById(world, id, caller.user);
    });
    return view(world, found);
  }),
  guarded('GET', '/qlen/{type:word}', 'charset', ({ world, param }) =>
    view(
      world,
      [...world.deployments.values()].filter(({ type }) => type === param('type')),
    ),
  ),
];
