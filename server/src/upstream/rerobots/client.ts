import type { z } from 'zod';

import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { UpstreamHealth } from '../health.ts';
import { createRequester } from '../http.ts';
import type { Answer, Requester } from '../http.ts';
import { refusedAs, rerobotsRefusal } from './errors.ts';
import { createGovernor } from './governor.ts';
import type { Governor, Priority } from './governor.ts';
import { deploymentOf, instanceOf, listedInstancesOf, reservationsOf } from './to-domain.ts';
import type { Deployment, ListedInstance, Reservation, RobotInstance } from './to-domain.ts';
import {
  deploymentAnswer,
  deploymentsAnswer,
  instanceAnswer,
  instancesAnswer,
  launchAnswer,
  reservationsAnswer,
} from './wire.ts';

export type { Deployment, InstanceStatus, ListedInstance, Reservation, RobotInstance } from './to-domain.ts';

export type LaunchOptions = {
  /** OpenSSH public key line. */
  sshPublicKey: string | null;
  vpn: boolean;
  reserve: boolean;
  expiresInSeconds: number | null;
};

export type RerobotsClient = {
  readonly configured: boolean;
  /** True where a background read would not be held back now. */
  hasRoom(): boolean;
  /** Every deployment with its details. `online` is never told here, and lengths may be five minutes old. */
  deployments(): Promise<Deployment[]>;
  /** One deployment as it is now; null where it is unknown or can't be told. */
  deployment(id: string): Promise<Deployment | null>;
  /** The account's instances that are not over. */
  instances(): Promise<ListedInstance[]>;
  /** One instance; null where it is unknown, which it may be for seconds after its launch. */
  instance(id: string, priority?: Priority): Promise<RobotInstance | null>;
  reservations(): Promise<Reservation[]>;
  /**
   * Books by deployment id or by type. Never repeated: on a time-out or a cut answer it may have happened. `refused`
   * with `upstreamCode` `busy`, `offline`, `locked-out`, `dissolved`, `not-permitted` or `not-found`.
   */
  launch(target: string, options: LaunchOptions): Promise<{ kind: 'instance' | 'reservation'; id: string }>;
  /** Begins termination. `refused` with `initialising` while INIT, `over` where it has ended, `not-found`. */
  terminate(instanceId: string): Promise<void>;
  /** Leaves a queue. `refused` with `not-found` where the reservation is gone. */
  cancelReservation(id: string): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  url: string;
  token: string | null;
  health: UpstreamHealth;
  logger: Logger;
  clock: Clock;
};

/** Client of the rerobots API in its documented and its observed behaviour ("rerobots API reference"). */
export function createRerobotsClient({ url, token, health, logger, clock }: Options): RerobotsClient {
  const governor = createGovernor({ clock, health });
  const calls = createCalls({ url, token, health, logger, clock, governor });

  return {
    configured: token !== null,
    hasRoom: () => governor.hasRoom(),
    async deployments() {
      const answer = await calls.read('/deployments', 'background', { info: 't' });
      const { workspace_deployments: ids, info } = parsed(deploymentsAnswer, answer);
      return (ids ?? []).map((id) => deploymentOf(id, info?.[id] ?? {}));
    },
    async deployment(id) {
      // One that never sent a heartbeat is answered with a 500 (observed): that says nothing about the service.
      const answer = await orNull(() => calls.read(`/deployment/${id}`, 'background', {}, [500]));
      if (answer === null || answer.status === 500) return null;
      return deploymentOf(id, parsed(deploymentAnswer, answer));
    },
    async instances() {
      const answer = await calls.readOwn('/instances', 'background', { details: '' });
      return listedInstancesOf(parsed(instancesAnswer, answer));
    },
    async instance(id, priority = 'background') {
      const answer = await orNull(() => calls.readOwn(`/instance/${id}`, priority));
      return answer && instanceOf(parsed(instanceAnswer, answer));
    },
    async reservations() {
      return reservationsOf(parsed(reservationsAnswer, await calls.readOwn('/reservations', 'background')));
    },
    async launch(target, options) {
      const json = {
        reserve: options.reserve,
        vpn: options.vpn,
        ...(options.sshPublicKey === null ? {} : { sshkey: options.sshPublicKey }),
        ...(options.expiresInSeconds === null ? {} : { expire_d: options.expiresInSeconds }),
      };
      const answer = await calls.write('POST', `/new/${encodeURIComponent(target)}`, 'book', json);
      const { success, id } = parsed(launchAnswer, answer);
      return { kind: success ? 'instance' : 'reservation', id };
    },
    async terminate(instanceId) {
      await calls.write('POST', `/terminate/${instanceId}`, 'terminate');
    },
    async cancelReservation(id) {
      await calls.write('DELETE', `/reservation/${id}`, 'terminate');
    },
    close: () => calls.close(),
  };
}

type Calls = {
  /** A public route: a refused token is silently taken for none there. */
  read(
    path: string,
    priority: Priority,
    query?: Record<string, string>,
    okStatuses?: number[],
  ): Promise<Answer>;
  readOwn: Calls['read'];
  write(method: 'POST' | 'DELETE', path: string, priority: Priority, json?: unknown): Promise<Answer>;
  close(): Promise<void>;
};

function createCalls(options: Options & { governor: Governor }): Calls {
  const { token, governor, clock, health } = options;
  let tokenRefused = false;
  const requester: Requester = createRequester({
    // Public routes answer a refused token as if there were none: their success must not hide it.
    health: { ...health, succeeded: () => void (tokenRefused || health.succeeded()) },
    label: 'rerobots',
    origin: new URL(options.url).origin,
    headers: () => ({ accept: 'application/vnd.rerobots.v1+json', authorization: `Bearer ${token ?? ''}` }),
    logger: options.logger,
    retries: 1,
    onAnswer: (answer) => governor.observe(answer.headers),
    classify(answer) {
      const error = rerobotsRefusal(answer, clock.now());
      if (error?.fault === 'unauthorized') tokenRefused = true;
      return error;
    },
  });
  const prefix = new URL(options.url).pathname.replace(/\/$/, '');
  const admit = (priority: Priority): void => {
    if (token === null) throw unconfigured();
    governor.admit(priority);
  };
  /** An answer of a route that wants the token proves the token. */
  const proven = (answer: Answer): Answer => {
    if (tokenRefused) {
      tokenRefused = false;
      health.succeeded();
    }
    return answer;
  };
  const read: Calls['read'] = async (path, priority, query = {}, okStatuses = []) => {
    admit(priority);
    return requester.read(prefix + path, { query, okStatuses });
  };

  return {
    read,
    readOwn: async (path, priority, query) => proven(await read(path, priority, query)),
    async write(method, path, priority, json) {
      admit(priority);
      return proven(await requester.write(method, prefix + path, json === undefined ? {} : { json }));
    },
    close: () => requester.close(),
  };
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (refusedAs(error, 'not-found')) return null;
    throw error;
  }
}

function parsed<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const result = schema.safeParse(answer.json);
  if (result.success) return result.data;
  throw new UpstreamError('rerobots', 'invalid', 'rerobots sent an answer of another shape.', {
    status: answer.status,
  });
}

function unconfigured(): UpstreamError {
  return new UpstreamError(
    'rerobots',
    'unconfigured',
    'rerobots is not configured: REROBOTS_API_TOKEN is not set.',
  );
}
