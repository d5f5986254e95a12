import type { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CycleTelemetryRow } from '../cycle/types.ts';
import { durationSeconds } from '../cycle/units.ts';
import type { UpstreamHealth } from '../health.ts';
import type { Answer } from '../http-call.ts';
import { createRequester } from '../http.ts';
import { consoleAnswer } from './console.ts';
import type { ConsoleAddress } from './console.ts';
import { telemetryAnswer, telemetryRowsOf } from './instance-telemetry.ts';
import { logLinesOf, logsAnswer, logsRequest, plainJson } from './logs.ts';
import type { LogLine, LogsQuery } from './logs.ts';
import { label, platformRefusal } from './refusals.ts';
import { createSignIn } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';
import { hubActivityOf, jobOf } from './to-domain.ts';
import type { HubActivityEntry, PlatformJob } from './to-domain.ts';
import { createMemoryStorage } from './token-storage.ts';
import type { TokenStorage } from './token-storage.ts';
import { activityAnswer, jobAnswer, jobsAnswer, scopedVariablesAnswer } from './wire.ts';

export type { PlatformJob } from './to-domain.ts';

export type PlatformClient = {
  readonly configured: boolean;
  /** Newest first; `limit` at most 100, the API's page size. */
  jobs(limit: number): Promise<Result<PlatformJob[]>>;
  /** Null: there is none with that id. */
  job(id: string): Promise<Result<PlatformJob | null>>;
  /**
   * For how long after an instance's start Cycle serves it a variable, by the variable's name; null: as long as it runs.
   * Variables that instances may not read are left out.
   */
  variableDurations(environmentId: string): Promise<Result<Map<string, number | null>>>;
  /** What was done in the hub and by whom, newest first; `limit` at most 100. Needs `hubs-auditlog-view`. */
  hubActivity(limit: number): Promise<Result<HubActivityEntry[]>>;
  /** Lines of one instance, oldest first. Needs `monitor-view`. */
  logs(query: LogsQuery): Promise<Result<LogLine[]>>;
  /** Where an instance's console is. Needs `containers-console`. */
  consoleAddress(containerId: string, instanceId: string): Promise<Result<ConsoleAddress>>;
  /** Snapshots of one instance, times in epoch milliseconds. Needs `containers-view`. */
  instanceTelemetry(
    containerId: string,
    instanceId: string,
    from: number,
    to: number,
  ): Promise<Result<CycleTelemetryRow[]>>;
  /** The API itself is reached by https. */
  readonly isEncrypted: boolean;
  /** For calls that others make. */
  tokens: SignIn;
  close(): Promise<void>;
};

/** What the API answered, or why it did not: nothing of it is thrown. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: UpstreamError };

type Options = {
  /** `https://api.cycle.io`. */
  url: string;
  /** Null: not configured; every call throws `unconfigured`. */
  apiKey: string | null;
  hubId: string | null;
  /** Where the access token is kept; default: this process’s memory. */
  storage?: TokenStorage;
  health: UpstreamHealth;
  logger: Logger;
  clock: Clock;
};

/** The API's largest. */
const PAGE_SIZE = 100;
const MOST_PAGES = 10;
/** A regular expression over three days takes its time; the page waits half a minute. */
const LOGS_TIMEOUT_MS = 25_000;

/** "Cycle public API": bearer token and `X-Hub-Id` on every call. */
export function createPlatformClient(options: Options): PlatformClient {
  const { apiKey, hubId } = options;
  const { origin, pathname } = new URL(options.url);
  const prefix = pathname.replace(/\/$/, '');
  const requester = createRequester({
    health: options.health,
    label,
    origin,
    // `X-Team-Id` is what it was called before hubs (`cycle-api` 1.5.0).
    headers: () => ({ 'x-hub-id': hubId ?? '', 'x-team-id': hubId ?? '' }),
    logger: options.logger,
    classify: platformRefusal,
  });
  const prefixed = {
    ...requester,
    write: ((method, path, more) => requester.write(method, prefix + path, more)) as typeof requester.write,
  };
  const { clock, storage = createMemoryStorage() } = options;
  const signIn = createSignIn({ requester: prefixed, apiKey: apiKey ?? '', clock, storage });

  /** Once more with a new token where the first is refused. */
  const signedIn = async (send: (headers: Record<string, string>) => Promise<Answer>): Promise<Answer> => {
    if (apiKey === null || hubId === null) throw unconfigured();
    const sendAs = (token: string): Promise<Answer> => send({ authorization: `Bearer ${token}` });
    const token = await signIn.accessToken();
    try {
      return await sendAs(token);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.fault !== 'unauthorized') throw error;
      signIn.refused(token);
      return sendAs(await signIn.accessToken());
    }
  };
  const read = (path: string, query: Record<string, string> = {}): Promise<Answer> =>
    signedIn((headers) => requester.read(prefix + path, { query, headers }));

  return {
    configured: apiKey !== null && hubId !== null,
    jobs: (limit) =>
      tagged(async () => {
        const query = { sort: '-events.queued', 'page[number]': '1', 'page[size]': String(limit) };
        const { data } = parsed(jobsAnswer, await read('/v1/jobs', query));
        return (data ?? []).map(jobOf).toSorted((a, b) => (b.queuedAt ?? 0) - (a.queuedAt ?? 0));
      }),
    async job(id) {
      const answer = await tagged(async () =>
        jobOf(parsed(jobAnswer, await read(`/v1/jobs/${encodeURIComponent(id)}`)).data),
      );
      const isNone = !answer.ok && answer.error.detail.upstreamCode === '404.job';
      return isNone ? { ok: true, value: null } : answer;
    },
    variableDurations: (environmentId) =>
      tagged(async () => {
        const path = `/v1/environments/${encodeURIComponent(environmentId)}/scoped-variables`;
        const durations = new Map<string, number | null>();
        for (let number = 1; number <= MOST_PAGES; number += 1) {
          const query = { 'page[number]': String(number), 'page[size]': String(PAGE_SIZE) };
          const { data } = parsed(scopedVariablesAnswer, await read(path, query));
          const page = data ?? [];
          for (const { identifier, access } of page)
            if (access?.internal_api != null)
              durations.set(identifier, durationSeconds(access.internal_api.duration));
          if (page.length < PAGE_SIZE) break;
        }
        return durations;
      }),
    hubActivity: (limit) =>
      tagged(async () => {
        const query = { include: 'users', sort: '-time', 'page[number]': '1', 'page[size]': String(limit) };
        const answer = await read('/v1/hubs/current/activity', query);
        return hubActivityOf(parsed(activityAnswer, answer)).toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
      }),
    logs: (query) =>
      tagged(async () => {
        const options = { json: logsRequest(query), timeoutMs: LOGS_TIMEOUT_MS, expect: 'text' as const };
        const answer = await signedIn((headers) =>
          requester.write('POST', `${prefix}/v1/monitoring/logs/aggregate`, { ...options, headers }),
        );
        return logLinesOf(parsed(logsAnswer, { ...answer, json: plainJson(answer) }));
      }),
    consoleAddress: (containerId, instanceId) =>
      tagged(async () => {
        const path = `${instancePath(containerId, instanceId)}/console`;
        // Never shared: a token opens one connection.
        const answer = await signedIn((headers) => requester.read(prefix + path, { headers, key: null }));
        return parsed(consoleAnswer, answer).data;
      }),
    instanceTelemetry: (containerId, instanceId, from, to) =>
      tagged(async () => {
        const query = {
          'filter[range-start]': new Date(from).toISOString(),
          'filter[range-end]': new Date(to).toISOString(),
        };
        const path = `${instancePath(containerId, instanceId)}/telemetry/resources/report`;
        return telemetryRowsOf(parsed(telemetryAnswer, await read(path, query)));
      }),
    isEncrypted: origin.startsWith('https:'),
    tokens: signIn,
    close: () => requester.close(),
  };
}

const instancePath = (containerId: string, instanceId: string): string =>
  `/v1/containers/${encodeURIComponent(containerId)}/instances/${encodeURIComponent(instanceId)}`;

async function tagged<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof UpstreamError) return { ok: false, error };
    throw error;
  }
}

function parsed<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const result = schema.safeParse(answer.json);
  if (result.success) return result.data;
  throw new UpstreamError('platform', 'invalid', `${label} sent an answer of another shape.`, {
    status: answer.status,
  });
}

function unconfigured(): UpstreamError {
  return new UpstreamError(
    'platform',
    'unconfigured',
    `${label} is not configured: CYCLE_PLATFORM_API_KEY and CYCLE_HUB_ID are not both set.`,
  );
}
