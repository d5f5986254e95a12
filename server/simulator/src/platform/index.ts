import type { IncomingMessage } from 'node:http';

import { presentEnvironment } from '../cycle/present-environment.ts';
import type { Reply } from '../http/reply.ts';
import { ApiError, data, json } from '../http/reply.ts';
import type { HttpHandler } from '../http/serve.ts';
import { envelopeHandler, readJson, readText, urlOf } from '../http/serve.ts';
import type { Jobs } from '../world/jobs.ts';
import type { PlatformCapability } from '../world/platform-capabilities.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { ConsoleSocket } from './console-socket.ts';
import { page, selectJobs } from './list.ts';
import { aggregateLogs } from './logs.ts';
import { presentActivity, presentUsers } from './present-activity.ts';
import { presentJob } from './present-job.ts';
import { presentVariable } from './present-variable.ts';
import { reportTelemetry } from './telemetry.ts';
import type { PlatformTokens } from './tokens.ts';

const LATEST = 10;

type Parts = { world: World; jobs: Jobs; tokens: PlatformTokens; consoles: Pick<ConsoleSocket, 'authorize'> };

export function createPlatformApi({ world, jobs, tokens, consoles }: Parts): HttpHandler {
  return envelopeHandler(async (request): Promise<Reply> => {
    const url = urlOf(request);
    if (request.method === 'POST' && url.pathname === '/auth/token')
      return grant(world, tokens, new URLSearchParams(await readText(request)));
    authorize(world, tokens, request);
    if (request.method === 'POST' && url.pathname === '/v1/monitoring/logs/aggregate') {
      needs(world, 'monitor-view');
      return aggregateLogs(world, await readJson(request));
    }
    if (request.method !== 'GET') throw new ApiError(404, '404.uri', `${request.method} ${url.pathname}`);
    const instance = instanceAsked(world, url.pathname);
    if (instance?.rest === 'console') {
      needs(world, 'containers-console');
      return consoles.authorize(instance.found, request.headers.host ?? '');
    }
    if (instance?.rest === 'telemetry/resources/report') {
      needs(world, 'containers-view');
      return reportTelemetry(world, instance.found, url.searchParams);
    }
    return read(world, jobs, url);
  });
}

function read(world: World, jobs: Jobs, url: ReturnType<typeof urlOf>): Reply {
  const path = url.pathname;
  const environment = /^\/v1\/environments\/([^/]+)\/scoped-variables$/.exec(path)?.[1];
  if (environment !== undefined) return scopedVariables(world, environment, url.searchParams);
  if (path === '/v1/hubs/current/activity') return activity(world, jobs, url.searchParams);
  if (path === '/v1/environments')
    return data(
      [world.environment, ...world.otherEnvironments].map((each) => presentEnvironment(world, each)),
    );
  if (path === '/v1/jobs') {
    const list = selectJobs(jobs.list(), url.searchParams).map((job) => presentJob(world, job));
    return json(200, { data: list });
  }
  if (path === '/v1/jobs/latest')
    return data(
      jobs
        .list()
        .slice(-LATEST)
        .toReversed()
        .map((job) => presentJob(world, job)),
    );
  const id = /^\/v1\/jobs\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) throw new ApiError(404, '404.uri', `GET ${path}: no such operation`);
  const job = jobs.find(id);
  if (!job) throw new ApiError(404, '404.job', 'no job with that id in this hub', 'jobId');
  return data(presentJob(world, job));
}

const INSTANCE = /^\/v1\/containers\/([^/]+)\/instances\/([^/]+)\/(.+)$/;

/** Null for other paths. @throws ApiError 404 for a container or instance of nobody */
function instanceAsked(world: World, path: string): { found: Instance; rest: string } | null {
  const [, container, id, rest] = INSTANCE.exec(path) ?? [];
  if (container === undefined || id === undefined || rest === undefined) return null;
  if (!world.containers.has(container))
    throw new ApiError(404, '404.container', 'no container with that id in this hub', 'containerId');
  const found = world.instances.get(id);
  if (found?.containerId !== container)
    throw new ApiError(404, '404.instance', 'no instance with that id in this container', 'instanceId');
  return { found, rest };
}

function scopedVariables(world: World, environmentId: string, query: URLSearchParams): Reply {
  needs(world, 'scoped-variables-view');
  if (![world.environment, ...world.otherEnvironments].some(({ id }) => id === environmentId))
    throw new ApiError(404, '404.environment', 'no environment with that id in this hub', 'environmentId');
  const identifier = query.get('filter[identifier]');
  const own = environmentId === world.environment.id ? world.scopedVariables : [];
  const asked = own.filter((each) => identifier === null || each.identifier === identifier);
  return data(page(asked, query).map((each) => presentVariable(world, each)));
}

/** Newest first. */
function activity(world: World, jobs: Jobs, query: URLSearchParams): Reply {
  needs(world, 'hubs-auditlog-view');
  const [environment, container] = [query.get('filter[environment]'), query.get('filter[container]')];
  const asked = jobs
    .list()
    .toReversed()
    .filter(
      ({ tasks: [task] }) =>
        (environment === null || environment === world.environment.id) &&
        (container === null || container === task?.input['id']),
    );
  const entries = page(asked, query).map((job) => presentActivity(world, job));
  const included = query.get('include')?.split(',') ?? [];
  return json(200, {
    data: entries,
    ...(included.includes('users') ? { includes: { users: presentUsers(world) } } : {}),
  });
}

/** Error `extra.capability` names the one that the key lacks. */
function needs({ platformKey: { capabilities } }: World, capability: PlatformCapability): void {
  if (capabilities === null || capabilities.includes(capability)) return;
  throw new ApiError(403, '403.permissions', `the API key lacks ${capability}`, undefined, { capability });
}

/**
 * Bearer takes the API key itself or an access token. X-Hub-Id must name the hub; clients of 2017 call it X-Team-Id
 * (`cycle-api` 1.5.0-dev.3, `Settings.team`).
 */
function authorize(world: World, tokens: PlatformTokens, request: IncomingMessage): void {
  const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!bearer || (bearer !== world.tokens.platformKey && !tokens.accepts(bearer)))
    throw new ApiError(
      401,
      '401.auth-invalid',
      'Authorization: expected Bearer and an API key or a live token',
    );
  const hub = request.headers['x-hub-id'] ?? request.headers['x-team-id'];
  if (hub === undefined)
    throw new ApiError(422, '422.missing-argument', 'X-Hub-Id: expected the hub id', 'X-Hub-Id');
  if (hub !== world.hub.id)
    throw new ApiError(403, '403.wrong-hub', 'X-Hub-Id: the key belongs to another hub');
}

function grant(world: World, tokens: PlatformTokens, form: URLSearchParams): Reply {
  const type = form.get('grant_type');
  if (type === 'api_key')
    return form.get('secret') === world.tokens.platformKey
      ? json(200, tokens.issue())
      : oauthError(401, 'invalid_client', 'secret: expected an API key of this hub');
  if (type === 'refresh_token') {
    const token = tokens.refresh(form.get('refresh_token') ?? '');
    return token
      ? json(200, token)
      : oauthError(400, 'invalid_grant', 'refresh_token: unknown or used already');
  }
  return oauthError(400, 'unsupported_grant_type', 'grant_type: expected api_key or refresh_token');
}

function oauthError(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: description });
}
