import type { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import type { Answer } from '../http-call.ts';
import { createRequester } from '../http.ts';
import type { Requester } from '../http.ts';
import { createAddressBook } from './addresses.ts';
import { schedulerRefusal } from './errors.ts';
import { createShardHealth } from './shard-health.ts';
import { activeInstancesOf } from './to-domain.ts';
import type { ActiveInstance } from './to-domain.ts';
import { activeInstances, claimedInstance, spawnedInstance } from './wire.ts';

export type { ActiveInstance } from './to-domain.ts';

export type ActiveView = { instances: ActiveInstance[]; answered: string[]; silent: string[] };

/** The token is a secret: only ever in request bodies. */
type Held = { instanceId: string; token: string };

export type SchedulerClient = {
  /** False: no access key is configured, and every call throws `unconfigured`. */
  readonly configured: boolean;
  /** Throws `unreachable` where the scheduler's name can't be resolved. */
  addresses(): Promise<string[]>;
  /** How many shards there were last; null before the first look. */
  readonly shardCount: number | null;
  /**
   * Reserves one idle instance of the container's pool on one shard for ten seconds. Waits up to the container's
   * `max_queue_time`, so `timeoutMs` must be longer; an abort stops waiting. Throws UpstreamError: `refused` with
   * `504.not-available` where the pool stays empty; after a time-out or cut answer the claim may exist.
   */
  claim(
    address: string,
    containerId: string,
    token: string,
    patience: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<{ instanceId: string }>;
  /** Not repeatable: a second spawn is refused. */
  spawn(
    address: string,
    containerId: string,
    held: Held & { environmentVariables: Record<string, string> },
  ): Promise<{ serverId: string | null }>;
  /** Stops it where it runs. `refused` with `404.instance` where it is gone. */
  release(address: string, containerId: string, held: Held): Promise<void>;
  /** Throws only where no shard answers. */
  active(containerId: string): Promise<ActiveView>;
  close(): Promise<void>;
};

type Options = {
  url: string;
  /** Replaces what the URL's name resolves to; empty: resolve. */
  addresses: string[];
  accessKey: string | null;
  health: UpstreamHealth;
  logger: Logger;
  clock: Clock;
  /** Of a spawn or a release. */
  writeTimeoutMs?: number;
};

/**
 * "Cycle scheduler API reference": `X-CYCLE-ACCESS-KEY` on every call. Each call names the shard, because claim, spawn
 * and release of one instance must reach the same one.
 */
export function createSchedulerClient(options: Options): SchedulerClient {
  const url = new URL(options.url);
  const requesters = new Map<string, Requester>();
  const shardHealth = createShardHealth(options.health);
  const book = createAddressBook({ host: url.hostname, fixed: options.addresses, clock: options.clock });
  // Claims wait in the scheduler's queue and occupy their connections, so releases, which end that wait, get others.
  const at = (address: string, use: 'claims' | 'rest' = 'rest'): Requester => {
    if (options.accessKey === null) throw unconfigured();
    const key = `${use} ${address}`;
    let requester = requesters.get(key);
    if (!requester) {
      requester = createRequester({
        health: shardHealth.of(address),
        label: "Cycle's scheduler",
        origin: originAt(url, address),
        headers: () => ({ host: url.host, 'x-cycle-access-key': options.accessKey ?? '' }),
        logger: options.logger,
        classify: schedulerRefusal,
        connectTimeoutMs: 3_000,
        retries: 1,
        ...(options.writeTimeoutMs === undefined ? {} : { writeTimeoutMs: options.writeTimeoutMs }),
        maxSockets: use === 'claims' ? 128 : 16,
      });
      requesters.set(key, requester);
    }
    return requester;
  };
  const addresses = async (): Promise<string[]> => {
    if (options.accessKey === null) throw unconfigured();
    try {
      const found = await book.addresses();
      shardHealth.keep(found);
      return found;
    } catch (cause) {
      const error = unresolved(url.hostname, cause);
      options.health.failed(error.message);
      throw error;
    }
  };

  return {
    configured: options.accessKey !== null,
    addresses,
    get shardCount() {
      return book.count;
    },
    async claim(address, containerId, token, patience) {
      const path = `/v1/functions/${containerId}/claim`;
      const answer = await at(address, 'claims').write('POST', path, { json: { token }, ...patience });
      return { instanceId: parsed(claimedInstance, answer).data.instance_id };
    },
    async spawn(address, containerId, { token, instanceId, environmentVariables }) {
      const runtime = { environment_variables: environmentVariables };
      const json = { token, instance_id: instanceId, runtime_variables: runtime };
      const answer = await at(address).write('POST', `/v1/functions/${containerId}/spawn`, { json });
      return { serverId: parsed(spawnedInstance, answer).data.server_id ?? null };
    },
    async release(address, containerId, { token, instanceId }) {
      const json = { token, instance_id: instanceId };
      await at(address).write('POST', `/v1/functions/${containerId}/release`, { json });
    },
    async active(containerId) {
      const all = await addresses();
      const answers = await Promise.allSettled(
        all.map(async (address) => {
          const answer = await at(address).read(`/v1/functions/${containerId}/active`);
          return activeInstancesOf(address, parsed(activeInstances, answer));
        }),
      );
      return unionOf(all, answers);
    },
    async close() {
      await Promise.all([...requesters.values()].map((requester) => requester.close()));
    },
  };
}

/** A TLS origin keeps its name, since the certificate is for the name. */
function originAt(url: URL, address: string): string {
  if (url.protocol === 'https:') return url.origin;
  const host = address.includes(':') ? `[${address}]` : address;
  return `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`;
}

function unionOf(addresses: string[], answers: PromiseSettledResult<ActiveInstance[]>[]): ActiveView {
  const view: ActiveView = { instances: [], answered: [], silent: [] };
  for (const [index, answer] of answers.entries()) {
    const address = addresses[index] ?? '';
    if (answer.status === 'fulfilled') {
      view.answered.push(address);
      view.instances.push(...answer.value);
    } else view.silent.push(address);
  }
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (view.answered.length === 0 && failed) throw failed.reason as Error;
  return view;
}

function parsed<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const result = schema.safeParse(answer.json);
  if (result.success) return result.data;
  throw new UpstreamError('scheduler', 'invalid', "Cycle's scheduler sent an answer of another shape.", {
    status: answer.status,
  });
}

function unconfigured(): UpstreamError {
  return new UpstreamError(
    'scheduler',
    'unconfigured',
    "Cycle's scheduler is not configured: SCHEDULER_ACCESS_KEY is not set.",
  );
}

function unresolved(host: string, cause: unknown): UpstreamError {
  return new UpstreamError(
    'scheduler',
    'unreachable',
    `Cycle's scheduler can't be found: the name ${host} does not resolve.`,
    { cause, neverSent: true },
  );
}
