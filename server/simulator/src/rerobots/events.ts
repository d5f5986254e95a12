import { z } from 'zod';

import { toMicros } from './format.ts';
import { terminate } from './lifecycle.ts';
import type { RateLimit } from './limit.ts';
import { signatureKey } from './limit.ts';
import type { Others } from './others.ts';
import { dispatch } from './reservations.ts';
import type { Tokens } from './tokens.ts';
import { tokenHash } from './tokens.ts';
import type { Deployment, World } from './world.ts';
import { activeInstance, stampNow } from './world.ts';

export type RerobotsEvent = { kind: string; id?: string; remaining?: number; ms?: number; on?: boolean };

export type EventDeps = {
  world: World;
  others: Others;
  limit: RateLimit;
  tokens: Tokens;
  token: string;
};

type Handler = (deps: EventDeps, event: RerobotsEvent) => void;

const eventSchema = z.object({
  kind: z.string(),
  id: z.string().optional(),
  remaining: z.int().optional(),
  ms: z.number().min(0).optional(),
  on: z.boolean().optional(),
});

function deploymentOf({ world }: Pick<EventDeps, 'world'>, { kind, id }: RerobotsEvent): Deployment {
  const deployment = world.deployments.get(id ?? '');
  if (!deployment) throw new Error(`${kind}: id: expected the id of a deployment, got ${id ?? 'none'}`);
  return deployment;
}

function anyDeployment(deps: EventDeps, event: RerobotsEvent): Deployment {
  if (event.id !== undefined) return deploymentOf(deps, event);
  const { world } = deps;
  const taken = [...world.deployments.values()].filter((deployment) => activeInstance(world, deployment));
  const all = event.kind === 'other.release' ? taken : [...world.deployments.values()];
  if (all.length === 0) throw new Error(`${event.kind}: expected a deployment to choose from, there is none`);
  return world.random.pick(all);
}

const handlers: Record<string, Handler> = {
  'deployment.offline'(deps, event) {
    const deployment = deploymentOf(deps, event);
    deployment.beating = false;
    // Long enough ago for both limits: 30 s for `online`, 60 s for new instances.
    deployment.lastBeat = toMicros(deps.world.clock.now() - 61_000);
  },
  'deployment.online'(deps, event) {
    const deployment = deploymentOf(deps, event);
    deployment.beating = true;
    dispatch(deps.world, deployment);
  },
  'deployment.lockout'(deps, event) {
    deploymentOf(deps, event).lockout = true;
  },
  'deployment.unlock'(deps, event) {
    const deployment = deploymentOf(deps, event);
    deployment.lockout = false;
    dispatch(deps.world, deployment);
  },
  'deployment.forbid'({ world }, event) {
    const { id } = deploymentOf({ world }, event);
    const rule = { user: world.userName, deployment: id, capability: 'CAP_NO_INSTANTIATE' } as const;
    world.rules.push({ id: world.nextRuleId++, created: stampNow(world), ...rule });
  },
  'instance.init-fail-next'(deps, event) {
    deploymentOf(deps, event).failNext = true;
  },
  'instance.terminate'({ world }, { id }) {
    const instance = world.instances.get(id ?? '');
    if (instance?.status !== 'INIT' && instance?.status !== 'READY')
      throw new Error(
        `instance.terminate: id: expected an instance that is INIT or READY, got ${id ?? 'none'}`,
      );
    terminate(world, instance);
  },
  'launch.delay'({ world }, { ms }) {
    world.launchDelayMs = ms ?? null;
  },
  'reservation.cancel-meets-launch'({ world }, { on }) {
    world.cancelMeetsLaunch = on ?? true;
  },
  'other.book': (deps, event) => deps.others.book(anyDeployment(deps, event)),
  'other.release'(deps, event) {
    if (!deps.others.release(anyDeployment(deps, event)))
      throw new Error('other.release: id: expected a deployment that another user holds or waits for');
  },
  'limit.set'({ limit, token }, { remaining }) {
    if (remaining === undefined || remaining < -1 || remaining > 3600)
      throw new Error('limit.set: remaining: expected an integer from -1 to 3600');
    limit.setRemaining(signatureKey(token), remaining);
  },
  'token.revoke': ({ tokens, token, world }) => tokens.revoke(world.userName, tokenHash(token)),
};

/** Throws a plain Error that names the field and what was expected. */
export function carryOut(deps: EventDeps, input: RerobotsEvent): void {
  const parsed = eventSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') || 'event'}: ${issue?.message ?? 'expected an event'}`);
  }
  const { kind } = parsed.data;
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
  if (!handler) throw new Error(`kind: expected one of ${Object.keys(handlers).join(', ')}, got ${kind}`);
  handler(deps, input);
}
