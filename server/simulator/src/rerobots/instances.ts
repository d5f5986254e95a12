import { deploymentView } from './deployments.ts';
import { isoTime, naiveTime } from './format.ts';
import { instanceKeyPair } from './instance-keys.ts';
import { terminate } from './lifecycle.ts';
import { paginate } from './pages.ts';
import { Refusal, empty, ok, refuse } from './reply.ts';
import type { Call, GuardedCall, Route } from './route.ts';
import { flag, guarded, jsonBody } from './route.ts';
import type { Caller } from './tokens.ts';
import { vpnView } from './vpn.ts';
import type { Instance, World } from './world.ts';
import { isActive } from './world.ts';

export function ownInstance({ world, caller, param }: GuardedCall): Instance {
  const instance = world.instances.get(param('id'));
  if (!instance || (instance.user !== caller.user && !caller.superuser))
    throw refuse(404, 'instance not found');
  return instance;
}

/** Observed: kept while TERMINATING, as the server drops the row behind it only when the instance is TERMINATED. */
function expires({ start, options, status }: Instance): string | undefined {
  const kept = status === 'INIT' || status === 'READY' || status === 'TERMINATING';
  return kept && options.expireSeconds !== undefined
    ? naiveTime(start + options.expireSeconds * 1_000_000)
    : undefined;
}

function instanceView(world: World, instance: Instance, caller: Caller) {
  const { deployment, status } = instance;
  const runs = status === 'INIT' || status === 'READY';
  return {
    id: instance.id,
    deployment: deployment.id,
    type: deployment.type,
    region: deployment.region,
    starttime: naiveTime(instance.start),
    rootuser: instance.user,
    wdinfo:
      world.profile === 'observed'
        ? deploymentView(world, deployment, { ...caller, superuser: false })
        : undefined,
    fwd: runs ? (instance.fwd ?? {}) : undefined,
    hostkeys: status === 'READY' ? [instance.hostKeys.publicKey] : undefined,
    vpn: runs && instance.options.vpn ? vpnView(world, instance, caller.user) : undefined,
    expires: expires(instance),
    endtime: instance.end === null ? undefined : naiveTime(instance.end),
    status,
  };
}

function listedDetails(instance: Instance, endFormat: (stamp: number) => string) {
  return {
    id: instance.id,
    status: instance.status,
    deployment: instance.deployment.id,
    type: instance.deployment.type,
    region: instance.deployment.region,
    starttime: isoTime(instance.start),
    rootuser: instance.user,
    endtime: instance.end === null ? undefined : endFormat(instance.end),
  };
}

/**
 * Which statuses a list shows. Observed: TERMINATING counts as terminated, INIT_FAIL needs a flag of its own.
 * Documented: only what has ended is hidden.
 */
function isListed(world: World, query: URLSearchParams, { status }: Instance): boolean {
  const withEnded = query.has('include_terminated');
  if (status === 'INIT_FAIL')
    return query.has('include_init_fail') || (withEnded && world.profile === 'documented');
  if (status === 'TERMINATED') return withEnded;
  return status !== 'TERMINATING' || withEnded || world.profile === 'documented';
}

function list({ world, caller, query }: GuardedCall, type?: string) {
  const user = query.get('user') ?? caller.user;
  if (query.has('user') && !caller.superuser) return empty(403);
  const sign = query.get('sort_by') === 'inc_start_date' ? 1 : -1;
  const found = [...world.instances.values()]
    .filter((instance) => instance.user === user && isListed(world, query, instance))
    .filter(({ deployment }) => type === undefined || deployment.type === type)
    .sort((a, b) => sign * (a.start - b.start));
  const { items, pageCount } = paginate(found, query, 1);
  // Observed: the list by type writes endtime in the other format.
  const endFormat = type !== undefined && world.profile === 'observed' ? naiveTime : isoTime;
  const details = flag(query, 'details');
  return ok({
    workspace_instances: items.map((item) => (details ? listedDetails(item, endFormat) : item.id)),
    workspace_deployments: items.map(({ deployment }) => deployment.id),
    page_count: pageCount,
  });
}

/** Observed: the owner filter of terminate is built and then dropped, so any token ends any instance. */
function terminable(call: GuardedCall): Instance {
  const { world, caller, param } = call;
  if (!caller.mayWrite) throw refuse(400, 'token scope does not permit termination');
  if (world.profile === 'documented') return ownInstance(call);
  const instance = world.instances.get(param('id'));
  if (!instance) throw refuse(404, 'instance not found');
  return instance;
}

function terminateNow(call: GuardedCall) {
  const instance = terminable(call);
  const { status } = instance;
  if (status === 'TERMINATED' || status === 'TERMINATING')
    throw refuse(400, `instance already ${status.toLowerCase()}`);
  const initCounts = call.world.profile === 'observed' && status === 'INIT';
  if (status === 'INIT_FAIL' || initCounts)
    throw refuse(400, `cannot terminate instance that is ${status.toLowerCase()}`);
  terminate(call.world, instance);
  return empty();
}

function sshKey(call: GuardedCall) {
  const instance = ownInstance(call);
  const { status } = instance;
  if (status === 'TERMINATING' || status === 'TERMINATED')
    throw new Refusal({
      status: 400,
      style: 'charset',
      json: { error_message: `instance already ${status.toLowerCase()}` },
    });
  // Observed: a given public key is added to a generated pair, so there always is a private key.
  if (call.world.profile === 'documented' && instance.options.sshkey !== undefined)
    throw refuse(404, 'no secret SSH key available');
  return ok({ key: instanceKeyPair(call.world, instance.id).privateKey });
}

function keepAlive({ world, caller, param }: GuardedCall) {
  const instance = world.instances.get(param('id'));
  if (!instance || instance.user !== caller.user) return empty(404);
  if (!instance.options.keepalive || !isActive(instance))
    throw refuse(404, 'no keep-alive monitor for this instance');
  instance.lastPing = world.clock.now();
  return empty();
}

const EVENT_KINDS = new Set(['headMove', 'goalReached', 'imageCap', 'baseMove']);

function postEvent(call: GuardedCall) {
  const body = jsonBody(call);
  if (!body) throw refuse(400, 'request body required');
  ownInstance(call);
  if (typeof body['k'] !== 'string' || !EVENT_KINDS.has(body['k'])) throw refuse(400, 'unknown event kind');
  return empty();
}

function checkBinding({ caller, param }: Call): void {
  if (caller?.boundTo !== undefined && caller.boundTo !== param('id'))
    throw refuse(400, 'token already constrained to another instance');
}

export const instanceRoutes: Route[] = [
  guarded('GET', '/instances', 'bare', (call) => list(call)),
  guarded('GET', '/instances/{type:word}', 'bare', (call) => list(call, call.param('type'))),
  guarded('GET', '/instance/{id:uuid}', 'bare', (call) => {
    checkBinding(call);
    return ok(instanceView(call.world, ownInstance(call), call.caller));
  }),
  guarded('GET', '/instance/{id:uuid}/sshkey', 'bare', sshKey),
  guarded('POST', '/instance/{id:uuid}/ka', 'charset', keepAlive),
  guarded('POST', '/instance/{id:uuid}/event', 'charset', postEvent),
  guarded('POST', '/terminate/{id:uuid}', 'charset', terminateNow),
];
