import { minuteTime, naiveTime, toMicros } from './format.ts';
import { terminate } from './lifecycle.ts';
import { empty, ok, refuse } from './reply.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded } from './route.ts';
import type { Instance } from './world.ts';
import { isActive } from './world.ts';

function ownedInstances({ world, caller }: GuardedCall): Instance[] {
  return [...world.instances.values()].filter(
    (instance) => isActive(instance) && instance.deployment.owner === caller.user,
  );
}

function view({ id, start, status, deployment, user }: Instance) {
  return { id, starttime: naiveTime(start), status, wdid: deployment.id, user };
}

function list({ world, caller }: GuardedCall) {
  const owned = [...world.deployments.values()].filter(({ owner }) => owner === caller.user);
  return ok({
    wdeployments: owned.map((deployment) => {
      const beat = deployment.beating ? toMicros(world.clock.now()) : deployment.lastBeat;
      return {
        id: deployment.id,
        date_created: minuteTime(deployment.created),
        origin: null,
        dissolved: deployment.dissolved === null ? null : minuteTime(deployment.dissolved),
        heartbeat: beat === null ? null : minuteTime(beat),
        lockout: deployment.lockout,
        desc: null,
      };
    }),
    owner: caller.user,
  });
}

function ownedInstance(call: GuardedCall): Instance {
  const instance = ownedInstances(call).find(({ id }) => id === call.param('id'));
  if (!instance) throw refuse(404, 'instance not found');
  return instance;
}

export const hardshareRoutes: Route[] = [
  guarded('GET', '/hardshare/list', 'charset', list),
  guarded('GET', '/hardshare/instances', 'charset', (call) => ok(ownedInstances(call).map(view))),
  guarded('GET', '/hardshare/instance/{id:uuid}', 'charset', (call) => ok(view(ownedInstance(call)))),
  guarded('POST', '/hardshare/terminate/{id:uuid}', 'charset', (call) => {
    const instance = ownedInstance(call);
    if (instance.status !== 'READY')
      throw refuse(400, `cannot terminate instance that is ${instance.status.toLowerCase()}`);
    terminate(call.world, instance);
    return empty();
  }),
  guarded('GET', '/hardshare/owners', 'charset', () => empty(404)),
  guarded('GET', '/user/{name:any}/org', 'charset', () => empty(404)),
];
