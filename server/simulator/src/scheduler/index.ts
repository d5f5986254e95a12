import type { IncomingMessage } from 'node:http';

import * as z from 'zod';

import { instanceJson, presentInstanceNetwork } from '../cycle/present-instance.ts';
import type { Reply } from '../http/reply.ts';
import { ApiError, data } from '../http/reply.ts';
import type { HttpHandler } from '../http/serve.ts';
import { envelopeHandler, readJson, urlOf } from '../http/serve.ts';
import type { ClaimOutcome, FunctionPool, Lease, LeaseProblem } from '../world/function-pool.ts';
import type { Container } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** The spec asks for five characters on spawn and release only; a claim with fewer could never be spawned. */
const TOKEN_LENGTH = 5;

const runtimeVariables = z
  .object({ environment_variables: z.record(z.string(), z.string()).nullish() })
  .nullish();
const claimBody = z.object({ token: z.string().min(TOKEN_LENGTH) });
const leaseBody = claimBody.extend({ instance_id: z.string() });
const spawnBody = leaseBody.extend({ runtime_variables: runtimeVariables });

type Verb = (container: Container, request: IncomingMessage, signal: AbortSignal) => Promise<Reply> | Reply;

/** One shard: it knows only its own share of every pool and its own claims. */
export function createSchedulerApi(world: World, pool: FunctionPool, shard: number): HttpHandler {
  const network = (lease: Lease) => ({
    instance_id: lease.instance.id,
    environment: presentInstanceNetwork(world, lease.instance),
    token: lease.token,
  });
  const settled = (outcome: Lease | LeaseProblem) => {
    if (typeof outcome === 'string') throw problemOf(outcome);
    return data({ ...network(outcome), server_id: outcome.instance.serverId });
  };

  /** Leaves the queue when the caller hangs up. */
  const claimed = (container: Container, token: string, signal: AbortSignal) =>
    new Promise<ClaimOutcome>((resolve) => {
      const leave = pool.claim(shard, container, token, resolve);
      signal.addEventListener('abort', leave);
    });

  const verbs: Record<string, Verb> = {
    'POST claim': async (container, request, signal) => {
      const { token } = parse(claimBody, await readJson(request));
      const outcome = await claimed(container, token, signal);
      if (typeof outcome === 'string')
        throw new ApiError(504, '504.not-available', 'no idle instance within max_queue_time');
      return data(network(outcome));
    },
    'POST spawn': async (container, request) => {
      const body = parse(spawnBody, await readJson(request));
      return settled(pool.spawn(shard, container.id, body.instance_id, body.token));
    },
    'POST release': async (container, request) => {
      const body = parse(leaseBody, await readJson(request));
      return settled(pool.release(shard, container.id, body.instance_id, body.token));
    },
    'GET active': (container) => {
      const entries = pool
        .active(shard, container.id)
        .map((instance) => `"${instance.id}":${instanceJson(world, instance)}`);
      return { status: 200, body: `{"data":{${entries.join(',')}}}` };
    },
  };

  return (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    envelopeHandler((incoming) => {
      requireAccessKey(world, incoming);
      const [, containerId, verb] =
        /^\/v1\/functions\/([^/]+)\/([^/]+)$/.exec(urlOf(incoming).pathname) ?? [];
      const answer = verb ? verbs[`${incoming.method} ${verb}`] : undefined;
      if (!containerId || !answer) throw new ApiError(404, '404.uri', 'no such operation');
      return answer(functionContainer(world, containerId), incoming, gone.signal);
    })(request, response);
  };
}

function requireAccessKey(world: World, request: IncomingMessage): void {
  if (world.disabledServices.has('scheduler'))
    throw new ApiError(503, '503.not-enabled', 'the scheduler of this environment is not enabled');
  const key = world.accessKeys.find((each) => each.secret === request.headers['x-cycle-access-key']);
  if (!key)
    throw new ApiError(401, '401.auth-invalid', 'X-CYCLE-ACCESS-KEY: expected a key of this environment');
  if (key.ips.length > 0 && !key.ips.includes(request.socket.remoteAddress ?? ''))
    throw new ApiError(403, '403.invalid-ip', 'X-CYCLE-ACCESS-KEY: not allowed from this address');
}

function functionContainer(world: World, id: string): Container {
  const container = world.containers.get(id);
  if (!container) throw new ApiError(404, '404.container', 'no container with that id', 'containerId');
  if (!container.functionLimits)
    throw new ApiError(422, '422.not-compatible', 'the container does not deploy functions', 'containerId');
  return container;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('/') || 'body';
  throw new ApiError(422, '422.invalid-argument', `${field}: ${issue?.message ?? 'not as expected'}`, field);
}

function problemOf(problem: LeaseProblem): ApiError {
  if (problem === 'mismatch')
    return new ApiError(403, '403.mismatch', 'token: another token holds this instance');
  if (problem === 'invalid-state')
    return new ApiError(403, '403.invalid-state', 'the claim of this instance is spawned already');
  return new ApiError(
    404,
    '404.instance',
    'instance_id: no claim of it lives in this scheduler',
    'instance_id',
  );
}
