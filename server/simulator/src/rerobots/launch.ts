import { z } from 'zod';

import { instanceKeyPair } from './instance-keys.ts';
import { launch } from './lifecycle.ts';
import { Refusal, empty, ok, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { reserve } from './reservations.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded, jsonBody } from './route.ts';
import { ALL_BUSY, isFree, selectById, selectByType, selectFromList } from './selection.ts';
import type { Deployment, LaunchOptions, Reservation } from './world.ts';

type Order = LaunchOptions & { reserve: boolean; allowNoop: boolean };

const wrongType = (option: string) => refuse(400, `value for option \`${option}\` has wrong type`);

function optionOf<T>(body: Record<string, unknown>, option: string, schema: z.ZodType<T>): T | undefined {
  if (!(option in body)) return undefined;
  const parsed = schema.safeParse(body[option]);
  if (!parsed.success) throw wrongType(option);
  return parsed.data;
}

function callbackUrl(body: Record<string, unknown>): string | undefined {
  const url = optionOf(body, 'eurl', z.string())?.trim();
  if (url === '') throw refuse(400, 'value for option `eurl` must be nonempty');
  return url;
}

function expiry(body: Record<string, unknown>): number | undefined {
  const seconds = optionOf(body, 'expire_d', z.int());
  if (seconds !== undefined && seconds < 1) throw refuse(400, 'value for option `expire_d` must be positive');
  return seconds;
}

/** Refuses the first option that does not fit, by name. */
function readOrder(call: GuardedCall): Order {
  const body = jsonBody(call) ?? {};
  const order: Order = {
    sshkey: optionOf(body, 'sshkey', z.string()),
    vpn: optionOf(body, 'vpn', z.boolean()) ?? false,
    reserve: optionOf(body, 'reserve', z.boolean()) ?? false,
    eurl: callbackUrl(body),
    expireSeconds: expiry(body),
    keepalive: optionOf(body, 'keepalive', z.boolean()) ?? false,
    allowNoop: optionOf(body, 'allow_noop', z.boolean()) ?? false,
  };
  if ('repo' in body && !z.object({ url: z.string() }).safeParse(body['repo']).success)
    throw refuse(400, 'value for option `repo` missing url');
  return order;
}

function checkToken({ caller }: GuardedCall, type: string, order: Order): void {
  if (caller.types && !caller.types.includes(type)) throw refuse(400, `token not valid for wtype ${type}`);
  if (caller.expireSeconds !== undefined && order.expireSeconds !== caller.expireSeconds)
    throw refuse(400, `token only valid for expire_d=${caller.expireSeconds}`);
}

function existing({ world, caller }: GuardedCall, candidates: readonly Deployment[]) {
  return [...world.instances.values()].find(
    ({ user, status, deployment }) =>
      user === caller.user && (status === 'INIT' || status === 'READY') && candidates.includes(deployment),
  );
}

function place(
  call: GuardedCall,
  order: Order,
  candidates: readonly Deployment[],
  queue: Reservation['target'],
): Reply {
  const { world, caller } = call;
  const { reserve: wantsQueue, allowNoop, ...options } = order;
  const running = allowNoop ? existing(call, candidates) : undefined;
  if (running) return ok({ success: true, id: running.id });
  const deployment = candidates.find((candidate) => isFree(world, candidate));
  if (deployment) {
    const id = world.random.uuid();
    launch(world, { id, deployment, user: caller.user, options, fromReservation: false });
    // Documented only: the private key comes back where no public key was given.
    const withKey = world.profile === 'documented' && options.sshkey === undefined;
    return ok({ success: true, id, sshkey: withKey ? instanceKeyPair(world, id).privateKey : undefined });
  }
  if (!wantsQueue) throw new Refusal({ status: 503, json: { result_message: ALL_BUSY } });
  return ok({ success: false, id: reserve(world, caller.user, queue, options).id });
}

function checkScope({ caller }: GuardedCall): void {
  if (!caller.mayWrite) throw refuse(400, 'token scope does not permit instantiation');
  if (caller.boundTo !== undefined) throw refuse(400, 'token already constrained to another instance');
}

function launchOn(call: GuardedCall, candidates: (user: string) => readonly Deployment[], byType: boolean) {
  checkScope(call);
  const order = readOrder(call);
  const { world, caller } = call;
  const noop = order.allowNoop && byType ? noopOfType(call) : undefined;
  if (noop) return ok({ success: true, id: noop.id });
  const chosen = candidates(caller.user);
  const [first] = chosen;
  if (!first) throw refuse(404, 'no matching wdeployment found');
  checkToken(call, first.type, order);
  const queueByType = byType && world.profile === 'documented';
  return place(call, order, chosen, queueByType ? { type: first.type } : { deployment: first.id });
}

/** With `allow_noop`, a type whose every deployment is busy still finds the caller's own instance (observed). */
function noopOfType(call: GuardedCall) {
  const ofType = [...call.world.deployments.values()].filter(({ type }) => type === call.param('type'));
  return existing(call, ofType);
}

function listedIds(call: GuardedCall): string[] | undefined {
  const parsed = z.array(z.uuid()).safeParse(jsonBody(call)?.['wds']);
  return parsed.success ? parsed.data : undefined;
}

export const launchRoutes: Route[] = [
  guarded('POST', '/new/{id:uuid}', 'charset', (call) =>
    launchOn(call, (user) => [selectById(call.world, call.param('id'), user)], false),
  ),
  guarded('POST', '/new/{type:word}', 'charset', (call) =>
    launchOn(call, (user) => selectByType(call.world, call.param('type'), user), true),
  ),
  guarded('POST', '/new', 'charset', (call) => {
    const ids = listedIds(call);
    if (!ids) return empty(404);
    return launchOn(call, (user) => selectFromList(call.world, ids, user), false);
  }),
];
