import { naiveTime } from './format.ts';
import { Refusal, empty, ok, refuse } from './reply.ts';
import { dispatch } from './reservations.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded, jsonBody } from './route.ts';
import type { AccessRule, Deployment } from './world.ts';
import { stampNow } from './world.ts';

function ruleView({ id, created, user, deployment, capability }: AccessRule) {
  return {
    id,
    date_created: naiveTime(created),
    user,
    wdeployment_id: deployment,
    capability,
    param: null,
  };
}

/** Observed: even a deployment's owner is shown only the rules made for the caller. */
function rulesFor({ world, caller, query }: GuardedCall, deployment?: string) {
  const user = query.get('to_user');
  if (user !== null && user !== caller.user && !caller.superuser) return empty(403, 'bare');
  const rules = world.rules.filter(
    (rule) =>
      (deployment === undefined || rule.deployment === deployment) &&
      (rule.user === (user ?? caller.user) || (user === null && caller.superuser)),
  );
  return ok({ rules: rules.map(ruleView) });
}

function ownDeployment({ world, caller, param }: GuardedCall, status: number): Deployment {
  const deployment = world.deployments.get(param('id'));
  if (!deployment || deployment.owner !== caller.user) throw new Refusal(empty(status));
  return deployment;
}

function addRule(call: GuardedCall) {
  const { id } = ownDeployment(call, 403);
  const body = jsonBody(call);
  if (!body) throw refuse(400, 'post body required, but not given');
  const capability = body['cap'];
  if (capability !== 'CAP_INSTANTIATE' && capability !== 'CAP_NO_INSTANTIATE')
    throw refuse(400, 'unrecognized capability (`cap` field)');
  const user = typeof body['user'] === 'string' ? body['user'] : '*';
  const rule: AccessRule = {
    id: call.world.nextRuleId++,
    created: stampNow(call.world),
    user,
    deployment: id,
    capability,
  };
  call.world.rules.push(rule);
  return ok({ rule_id: rule.id });
}

function dropRule(call: GuardedCall) {
  const { id } = ownDeployment(call, 403);
  const number = Number(call.param('number'));
  const index = call.world.rules.findIndex((rule) => rule.id === number && rule.deployment === id);
  if (index === -1) return empty(404);
  call.world.rules.splice(index, 1);
  return empty();
}

function setLockout(lockout: boolean) {
  return (call: GuardedCall) => {
    const deployment = ownDeployment(call, 404);
    deployment.lockout = lockout;
    dispatch(call.world, deployment);
    return empty();
  };
}

export const accessRoutes: Route[] = [
  guarded('GET', '/rules', 'charset', (call) => rulesFor(call)),
  guarded('GET', '/deployment/{id:uuid}/rules', 'charset', (call) => {
    const id = call.param('id');
    if (!call.world.deployments.has(id)) throw refuse(404, 'no workspace deployment found with given ID');
    return rulesFor(call, id);
  }),
  guarded('POST', '/deployment/{id:uuid}/rule', 'charset', addRule),
  guarded('DELETE', '/deployment/{id:uuid}/rule/{number:int}', 'charset', dropRule),
  guarded('POST', '/deployment/{id:uuid}/lockout', 'charset', setLockout(true)),
  guarded('DELETE', '/deployment/{id:uuid}/lockout', 'charset', setLockout(false)),
];
