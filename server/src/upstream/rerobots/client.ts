import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import { createAccess } from './access.ts';
import type { RerobotsAccess } from './access.ts';
import { createAccount } from './account.ts';
import type { RerobotsAccount } from './account.ts';
import { createCalls, orNull, parsed } from './calls.ts';
import { createGovernor } from './governor.ts';
import type { Governor, Priority } from './governor.ts';
import { deploymentOf, forbiddenBy, instanceOf, listedInstancesOf, reservationsOf } from './to-domain.ts';
import type { Deployment, ListedInstance, Reservation, RobotInstance } from './to-domain.ts';
import { tokenClaims } from './token.ts';
import {
  deploymentAnswer,
  deploymentsAnswer,
  instanceAnswer,
  instancesAnswer,
  launchAnswer,
  reservationsAnswer,
  rulesAnswer,
} from './wire.ts';

export type { Deployment, InstanceStatus, ListedInstance, Reservation, RobotInstance } from './to-domain.ts';

/** A deployment id, a type, or deployment ids of one type: any of them. */
export type LaunchTarget = string | readonly string[];

export type LaunchOptions = {
  sshPublicKey: string | null;
  vpn: boolean;
  reserve: boolean;
  expiresInSeconds: number | null;
  /** Where rerobots reports state changes; only a hint to read again. */
  eurl?: string | null;
};

type Robots = {
  readonly configured: boolean;
  /** The user whose token is in use; null where there is none or it names nobody. */
  account(): string | null;
  tokenWorks(): boolean | null;
  /** Call when the token was replaced or removed; `works` where it was checked. */
  tokenChanged(works: boolean | null): void;
  /** Budget of the account's calls; anything else that calls rerobots must use it too. */
  readonly governor: Pick<Governor, 'admit' | 'observe' | 'adopt'>;
  /** True where a background read would be admitted now. */
  hasRoom(): boolean;
  /** `online` is never included here, and lengths may be five minutes old. */
  deployments(): Promise<Deployment[]>;
  /** Null where it is unknown or can't be read. */
  deployment(id: string, priority?: Priority): Promise<Deployment | null>;
  /** Deployments that an access rule closes to the account. */
  forbiddenDeployments(): Promise<ReadonlySet<string>>;
  /** Not the ended ones. */
  instances(priority?: Priority): Promise<ListedInstance[]>;
  /** Null where it is unknown, which may last seconds after its launch. */
  instance(id: string, priority?: Priority): Promise<RobotInstance | null>;
  reservations(priority?: Priority): Promise<Reservation[]>;
  /**
   * Books by deployment id or by type. Never retried: after a time-out or a cut answer it may have happened. `refused`
   * with `upstreamCode` `busy`, `offline`, `locked-out`, `dissolved`, `not-permitted` or `not-found`.
   */
  launch(
    target: LaunchTarget,
    options: LaunchOptions,
  ): Promise<{ kind: 'instance' | 'reservation'; id: string }>;
  /** Begins termination. `refused` with `initialising` while INIT, `over` where it has ended, `not-found`. */
  terminate(instanceId: string): Promise<void>;
  /** Leaves a queue. `refused` with `not-found` where the reservation is gone. */
  cancelReservation(id: string): Promise<void>;
  close(): Promise<void>;
};

export type RerobotsClient = Robots & RerobotsAccess & RerobotsAccount;

type Options = {
  url: string;
  /** Called for each request; null: no token. */
  token: () => string | null;
  health: UpstreamHealth;
  logger: Logger;
  clock: Clock;
};

/** Handles both the documented and the observed behaviour ("rerobots API reference"). */
export function createRerobotsClient({ url, token, health, logger, clock }: Options): RerobotsClient {
  const governor = createGovernor({ clock, health });
  const calls = createCalls({ url, token, health, logger, clock, governor });

  return {
    ...createAccess(calls),
    ...createAccount(calls, { url, logger, clock, health }),
    get configured() {
      return token() !== null;
    },
    account: () => tokenClaims(token() ?? '').userName,
    tokenWorks: () => calls.tokenWorks(),
    tokenChanged: (works) => calls.tokenChanged(works),
    governor,
    hasRoom: () => calls.tokenWorks() !== false && governor.hasRoom(),
    async deployments() {
      const answer = await calls.read('/deployments', 'background', { query: { info: 't' } });
      const { workspace_deployments: ids, info } = parsed(deploymentsAnswer, answer);
      return (ids ?? []).map((id) => deploymentOf(id, info?.[id] ?? {}));
    },
    async deployment(id, priority = 'background') {
      // A deployment that never sent a heartbeat gives a 500 (observed); that is not an outage.
      const how = { okStatuses: [500], fresh: true };
      const answer = await orNull(() => calls.read(`/deployment/${id}`, priority, how));
      if (answer === null || answer.status === 500) return null;
      return deploymentOf(id, parsed(deploymentAnswer, answer));
    },
    async forbiddenDeployments() {
      const { rules } = parsed(rulesAnswer, await calls.readOwn('/rules', 'background'));
      return forbiddenBy(rules ?? []);
    },
    async instances(priority = 'background') {
      const answer = await calls.readOwn('/instances', priority, { query: { details: '' } });
      return listedInstancesOf(parsed(instancesAnswer, answer));
    },
    async instance(id, priority = 'background') {
      const answer = await orNull(() => calls.readOwn(`/instance/${id}`, priority));
      return answer && instanceOf(parsed(instanceAnswer, answer));
    },
    async reservations(priority = 'background') {
      return reservationsOf(parsed(reservationsAnswer, await calls.readOwn('/reservations', priority)));
    },
    async launch(target, options) {
      const json = {
        ...(typeof target === 'string' ? {} : { wds: target }),
        reserve: options.reserve,
        vpn: options.vpn,
        ...(options.sshPublicKey === null ? {} : { sshkey: options.sshPublicKey }),
        ...(options.expiresInSeconds === null ? {} : { expire_d: options.expiresInSeconds }),
        ...(options.eurl === undefined || options.eurl === null ? {} : { eurl: options.eurl }),
      };
      const path = typeof target === 'string' ? `/new/${encodeURIComponent(target)}` : '/new';
      const answer = await calls.write('POST', path, 'act', { json });
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
