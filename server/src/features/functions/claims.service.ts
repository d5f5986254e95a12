import type {
  Claim,
  ClaimDetail,
  ClaimRequest,
  ClaimsResponse,
  claimsQuery,
} from '@cyclorama/shared/claims.ts';
import type { Kysely } from 'kysely';
import type { z } from 'zod';

import { isoOf } from '../../clock.ts';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { EventHub } from '../../event-hub.ts';
import { createExclusive } from '../../exclusive.ts';
import type { Person } from '../../http/route.ts';
import type { Logger } from '../../logger.ts';
import type { SecretBox } from '../../secret-box.ts';
import { claimById, claimSteps, listClaims } from '../../store/claims.ts';
import type { ClaimRow } from '../../store/claims.ts';
import type { Database } from '../../store/schema.ts';
import type { SchedulerClient } from '../../upstream/scheduler/client.ts';
import type { RecordActivity } from '../activity/service.ts';
import { createClaimExecutor } from './claims.executor.ts';
import { createLedger } from './claims.ledger.ts';
import { presentClaim, presentClaimDetail } from './claims.presenter.ts';
import { createReconciler } from './claims.reconciler.ts';
import { mayActOn, whyNoRelease, whyNoSpawn } from './claims.rules.ts';
import type { FunctionContainer, FunctionDirectory } from './function-directory.ts';

export type ClaimsDeps = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  record: RecordActivity;
  scheduler: SchedulerClient;
  directory: FunctionDirectory;
  box: SecretBox;
  newId: () => string;
  /** An unguessable token, at least 32 URL-safe characters. */
  newToken: () => string;
};

export type ClaimsService = ReturnType<typeof createClaimsService>;

const tickMs = 1_000;

/** Function instances: claimed, spawned and released through the scheduler, with every step in the ledger. */
export function createClaimsService(deps: ClaimsDeps) {
  const { db, clock, logger, directory } = deps;
  const exclusive = createExclusive();
  const ledger = createLedger(deps);
  const executor = createClaimExecutor({ ...deps, ledger });
  const reconciler = createReconciler({ ...deps, ledger, executor, exclusive });
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<void> = Promise.resolve();
  let ticking = false;

  const containerOf = (id: string): FunctionContainer | null =>
    directory.containers().find((container) => container.containerId === id) ?? null;

  const existing = async (id: string): Promise<ClaimRow> => {
    const row = await claimById(db, id);
    if (!row) throw new AppError('not-found', 'There is no claim with this id.');
    return row;
  };

  /** Does `work` on a claim in its turn, after checking who asks. */
  const act = async (
    id: string,
    person: Person,
    work: (row: ClaimRow) => Promise<ClaimRow>,
  ): Promise<Claim> => {
    await existing(id);
    return exclusive.run(id, async () => {
      const row = await existing(id);
      if (!mayActOn(row, person)) {
        throw new AppError(
          'forbidden',
          `This claim belongs to ${row.owner}; only they or an admin may act on it.`,
        );
      }
      return presentClaim(await work(row));
    });
  };

  const spawnNow = async (
    row: ClaimRow,
    variables: Record<string, string>,
    person: Person,
  ): Promise<ClaimRow> => {
    refuseIf(whyNoSpawn(row, clock.now()));
    const spawned = await executor.spawn(row, containerOf(row.container_id), variables, person.name);
    return spawned.state === 'spawning' ? reconciler.settle(spawned) : spawned;
  };

  const tickOnce = async (): Promise<void> => {
    if (ticking) return;
    ticking = true;
    turning = reconciler
      .tick()
      .catch((error: unknown) => logger.warn({ err: error }, 'the claims could not be reconciled'))
      .finally(() => {
        ticking = false;
      });
    await turning;
  };

  return {
    /**
     * Claims an instance of a function container's pool, and spawns it at once where asked. Throws where nothing was
     * claimed; a claim that was not answered comes back `requested` with its failure and is followed to its end.
     */
    async request(body: ClaimRequest, person: Person): Promise<Claim> {
      const container = containerOf(body.containerId);
      if (!container) {
        throw new AppError('not-found', 'There is no function container with this id.', {
          field: 'body.containerId',
        });
      }
      refuseIf(
        container.enabled ? null : `${container.name} is switched off: its pool can’t be claimed from.`,
      );
      const row = await executor.claim(container, person.name);
      if (body.spawn === undefined || row.state !== 'claimed') return presentClaim(row);
      const { environmentVariables } = body.spawn;
      return act(row.id, person, (claimed) => spawnNow(claimed, environmentVariables, person));
    },

    /** Spawns a claimed instance once, within ten seconds of claiming. */
    spawn: (id: string, environmentVariables: Record<string, string>, person: Person): Promise<Claim> =>
      act(id, person, (row) => spawnNow(row, environmentVariables, person)),

    /** Gives an instance back; a release that was not answered comes back `releasing` and is tried until done. */
    release: (id: string, person: Person): Promise<Claim> =>
      act(id, person, (row) => {
        refuseIf(whyNoRelease(row));
        return executor.release(row, person.name, 'release asked for');
      }),

    async list(query: z.output<typeof claimsQuery>): Promise<ClaimsResponse> {
      const rows = await listClaims(db, query);
      return { claims: rows.map(presentClaim), serverTime: isoOf(clock.now()) };
    },

    async detail(id: string): Promise<ClaimDetail> {
      return presentClaimDetail(await existing(id), await claimSteps(db, id));
    },

    /** Claims that are not over, as last known here. */
    openClaims: (): ClaimRow[] => [...ledger.openRows.values()],

    /** For the overview: claims on their way and claims running. */
    numbers(): { inFlight: number; running: number } {
      const states = [...ledger.openRows.values()].map((row) => row.state);
      const running = states.filter((state) => state === 'running').length;
      return { inFlight: states.length - running, running };
    },

    /** Settles what was open when the server stopped. Rejects where the store can't be read. */
    recover: () => reconciler.recover(),
    /** One round of expiring and looking; `start` runs it every second. */
    tick: tickOnce,

    start(): void {
      turning = reconciler
        .recover()
        .catch((error: unknown) => logger.warn({ err: error }, 'open claims could not be looked up'));
      timer = setInterval(() => void tickOnce(), tickMs);
    },

    /** Stops the timers and waits for the calls under way. */
    async stop(): Promise<void> {
      clearInterval(timer);
      await turning;
      await exclusive.settled();
    },
  };
}

function refuseIf(why: string | null): void {
  if (why !== null) throw new AppError('not-allowed-now', why);
}
