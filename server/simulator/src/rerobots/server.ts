import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RateLimit } from './limit.ts';
import { signatureKey } from './limit.ts';
import { Refusal, empty, internalError, refuse, unrecognized, writeReply } from './reply.ts';
import type { Reply, Writing } from './reply.ts';
import type { Route } from './route.ts';
import type { Caller, Tokens } from './tokens.ts';
import type { World } from './world.ts';

const MAX_BODY_BYTES = 1024 * 1024;

export type ServerDeps = { world: World; tokens: Tokens; limit: RateLimit; routes: readonly Route[] };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new Refusal({
        status: 413,
        text: '413: Request Entity Too Large',
        framework: true,
        raised: true,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function addressOf(request: IncomingMessage): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (typeof forwarded === 'string') return forwarded;
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function findRoute(routes: readonly Route[], method: string | undefined, path: string) {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { route, params: match.groups ?? {} };
  }
  return undefined;
}

/** Answered by aiohttp before any code of the API runs. */
function frameworkReply(method: string | undefined, path: string): Reply | undefined {
  if (method === 'OPTIONS')
    return {
      status: 200,
      framework: true,
      headers: [['Access-Control-Allow-Headers', 'Authorization,Content-Type']],
    };
  if (path === '/' && method !== 'GET')
    return {
      status: 405,
      text: '405: Method Not Allowed',
      framework: true,
      raised: true,
      headers: [['Allow', 'GET']],
    };
  return undefined;
}

/** Documented: only v1 is accepted. Observed: Accept is ignored. */
function checkVersion(world: World, request: IncomingMessage): void {
  const version = /application\/vnd\.rerobots\.v(\d+)\+json/.exec(request.headers.accept ?? '')?.[1];
  if (world.profile === 'documented' && version !== undefined && version !== '1')
    throw refuse(400, `version v${version} is not supported, expected v1`);
}

type Context = { request: IncomingMessage; query: URLSearchParams; caller: Caller | null };

async function answer(
  deps: ServerDeps,
  found: ReturnType<typeof findRoute>,
  context: Context,
): Promise<Reply> {
  if (!found) return unrecognized;
  const { route, params } = found;
  checkVersion(deps.world, context.request);
  return route.handle({
    world: deps.world,
    tokens: deps.tokens,
    caller: context.caller,
    query: context.query,
    body: await readBody(context.request),
    address: addressOf(context.request),
    param(name) {
      const value = params[name];
      if (value === undefined) throw new Error(`route ${route.pattern.source}: no segment is named ${name}`);
      return value;
    },
  });
}

function toReply(error: unknown): Reply {
  return error instanceof Refusal ? error.reply : internalError;
}

/** Token check, then rate limit, then the route; a request is counted whatever its answer (observed). */
async function serve(
  deps: ServerDeps,
  request: IncomingMessage,
): Promise<{ reply: Reply; writing: Writing }> {
  const { world, tokens, limit, routes } = deps;
  const [path = '/', search = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const writing: Writing = {
    bucket: undefined,
    style: 'charset',
    origin: request.headers.origin,
    now: world.clock.now(),
  };
  const early = frameworkReply(request.method, path);
  if (early) return { reply: early, writing };

  const caller = await tokens.identify(request.headers.authorization);
  const { bucket, refused } = caller
    ? limit.take('token', signatureKey(caller.token))
    : limit.take('anonymous', addressOf(request));
  const found = findRoute(routes, request.method, path);
  const style = found?.route.style ?? 'charset';
  const done = async (reply: Reply | Promise<Reply>) => {
    const settled = await Promise.resolve(reply).catch(toReply);
    return { reply: settled, writing: { ...writing, bucket, style, now: world.clock.now() } };
  };
  if (found?.route.guarded && !caller)
    return done({ status: 400, json: { error_message: found.route.tokenError } });
  if (refused) return done(empty(403, style));
  return done(answer(deps, found, { request, query: new URLSearchParams(search), caller }));
}

export function createHandler(deps: ServerDeps) {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { reply, writing } = await serve(deps, request);
    writeReply(response, reply, writing);
    request.resume();
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    respond(request, response).catch(() => response.destroy());
  };
}
