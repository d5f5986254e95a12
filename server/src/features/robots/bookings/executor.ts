import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import { answerOf, failureOf } from '../../../lib/upstream-answer.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { LaunchTarget, RerobotsClient } from '../../../upstream/rerobots/client.ts';
import { refusedAs } from '../../../upstream/rerobots/errors.ts';
import { refusedBooking } from './failures/refusals.ts';
import type { BookingLedger } from './ledger.ts';
import { isOfAnotherAccount } from './waiting.ts';

type Options = {
  ledger: BookingLedger;
  client: RerobotsClient;
  clock: Clock;
  callbackUrlOf?: ((bookingId: string) => string | null) | undefined;
};

export type BookingExecutor = ReturnType<typeof createBookingExecutor>;

/** Each operation stores its intent in the ledger, calls rerobots, then stores the result. */
export function createBookingExecutor({ ledger, client, clock, callbackUrlOf }: Options) {
  let rateLimitedUntil = Number.NEGATIVE_INFINITY;

  /**
   * `target` is a deployment id, a type, or deployment ids of one type. Returns the booking `starting`, `queued`, or still `requested` without an
   * answer; throws if it was refused. `otherDeployment` is queued for if all are busy, since rerobots takes no
   * reservations by type.
   */
  async function launch(
    requested: BookingRow,
    target: LaunchTarget,
    otherDeployment: () => string | null = () => null,
  ): Promise<BookingRow> {
    const options = {
      sshPublicKey: requested.ssh_public_key,
      vpn: requested.vpn === 1,
      reserve: requested.reserve === 1,
      expiresInSeconds: requested.expires_in_seconds,
      eurl: callbackUrlOf?.(requested.id) ?? null,
    };
    try {
      const { kind, id } = await client.launch(target, options);
      const queued = kind === 'reservation';
      return await ledger.move(requested, queued ? 'queued' : 'starting', {
        actor: requested.owner,
        cause: queued ? 'waiting in the queue' : 'the robot is starting',
        answer: '200',
        patch: { upstream_id: id },
      });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const next = options.reserve && refusedAs(error, 'busy') ? otherDeployment() : null;
      if (next === null || next === target) return closeLaunch(requested, error);
      const row = await ledger.move(requested, 'requested', {
        actor: null,
        cause: 'all of these robots are busy; joining the shortest queue',
        answer: answerOf(error),
        patch: { deployment_id: next },
      });
      return launch(row, next);
    }
  }

  async function closeLaunch(row: BookingRow, error: UpstreamError): Promise<BookingRow> {
    const answer = answerOf(error);
    if (error.certainlyNotDone) {
      const failure = failureOf(error, 'Nothing was booked.');
      await ledger.move(row, 'refused', { actor: row.owner, cause: 'refused by rerobots', answer, failure });
      throw refusedBooking(error, row);
    }
    const failure = failureOf(
      error,
      'Cyclorama is checking whether the robot was booked; do not book it again until that is settled.',
    );
    return ledger.move(row, 'requested', {
      actor: null,
      cause: 'the booking was not answered',
      answer,
      failure,
    });
  }

  /**
   * While the robot starts, the request is stored and carried out later. Throws if rerobots certainly did nothing and
   * restores the booking; without an actor the request stays and is retried.
   */
  async function terminate(before: BookingRow, actor: string | null): Promise<BookingRow> {
    if (isOfAnotherAccount(before, client.account())) return storeForAccount(before, actor);
    const to = before.state === 'ready' || before.state === 'terminating' ? 'terminating' : 'starting';
    const row =
      actor === null && before.state === to
        ? before
        : await ledger.move(before, to, {
            actor,
            cause: 'termination requested',
            patch: { termination_requested: 1 },
          });
    try {
      await client.terminate(upstreamIdOf(row));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return await closeTerminate(row, error, before, actor);
    }
    return ledger.move(row, 'terminating', {
      actor,
      cause: 'rerobots is terminating it',
      answer: '200',
      patch: { termination_requested: 0 },
    });
  }

  async function closeTerminate(
    row: BookingRow,
    error: UpstreamError,
    before: BookingRow,
    actor: string | null,
  ): Promise<BookingRow> {
    const answer = answerOf(error);
    if (refusedAs(error, 'initialising')) {
      return ledger.move(row, 'starting', {
        actor: null,
        cause: 'a starting robot can’t be terminated; it will be once it is ready',
        answer,
      });
    }
    const sameState = row.state === 'starting' ? 'starting' : 'terminating';
    if (refusedAs(error, 'not-found')) {
      return ledger.move(row, before.state, {
        actor: null,
        cause: 'rerobots doesn’t show it; it is terminated as soon as it appears',
        answer,
        patch: { missing_since: row.missing_since ?? missingSince(row) },
      });
    }
    if (error.fault === 'rate-limited') {
      const restored = before.state === 'ready' ? 'ready' : sameState;
      return storeRequest(row, restored, error, 'It will be terminated');
    }
    if (refusedAs(error, 'over')) {
      return ledger.move(row, sameState, { actor: null, cause: 'rerobots says it has ended', answer });
    }
    if (error.certainlyNotDone && actor !== null) {
      const restored = before.state === 'ready' ? 'ready' : 'starting';
      const failure = failureOf(error, 'Nothing was terminated; try again.');
      const patch = { termination_requested: before.termination_requested };
      await ledger.move(row, restored, { actor: null, cause: 'refused', answer, failure, patch });
      throw error;
    }
    const failure = failureOf(error, 'Cyclorama retries until it is terminated.');
    return ledger.move(row, sameState, {
      actor: null,
      cause: 'the termination was not answered',
      answer,
      failure,
    });
  }

  /** The token in use can't see it: the request waits for one of the booking's account. */
  function storeForAccount(row: BookingRow, actor: string | null): Promise<BookingRow> {
    return ledger.move(row, row.state, {
      actor,
      cause: `the end is requested; it waits for a token of account ${row.account}`,
      patch: { termination_requested: 1, missing_since: row.missing_since ?? clock.now() },
    });
  }

  const missingSince = ({ started_at: startedAt, sent_at: sentAt }: BookingRow): number =>
    (startedAt === null ? sentAt : null) ?? clock.now();

  /** The rate limit is used up: stores the request, which goes before any read once calls are allowed again. */
  function storeRequest(
    row: BookingRow,
    state: BookingState,
    error: UpstreamError,
    what: string,
  ): Promise<BookingRow> {
    // A second early, so that it goes before anything else that waits for that moment.
    rateLimitedUntil = clock.now() + ((error.detail.retryAfterSeconds ?? 60) - 1) * 1_000;
    return ledger.move(row, state, {
      actor: null,
      cause: 'the rate limit is used up; the request is stored',
      answer: answerOf(error),
      failure: {
        code: 'rate-limited',
        message: `${error.message} ${what} as soon as calls are allowed again.`,
      },
      patch: { termination_requested: 1 },
    });
  }

  /** Throws if rerobots certainly did nothing. */
  async function cancel(before: BookingRow, actor: string | null): Promise<BookingRow> {
    if (isOfAnotherAccount(before, client.account())) return storeForAccount(before, actor);
    const row =
      actor === null
        ? before
        : await ledger.move(before, 'queued', {
            actor,
            cause: 'cancellation requested',
            patch: { termination_requested: 1 },
          });
    try {
      await client.cancelReservation(upstreamIdOf(row));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return await closeCancel(row, error, actor);
    }
    return ledger.move(row, 'cancelled', { actor, cause: 'left the queue', answer: '200' });
  }

  async function closeCancel(
    row: BookingRow,
    error: UpstreamError,
    actor: string | null,
  ): Promise<BookingRow> {
    const answer = answerOf(error);
    // Cancelled by an unanswered call, or its robot is starting: the account's lists tell which.
    if (refusedAs(error, 'not-found')) {
      return ledger.move(row, 'queued', { actor: null, cause: 'no longer in the queue', answer });
    }
    if (error.fault === 'rate-limited') return storeRequest(row, 'queued', error, 'It will leave the queue');
    if (error.certainlyNotDone && actor !== null) {
      const failure = failureOf(error, 'It is still in the queue; try again.');
      const patch = { termination_requested: 0 } as const;
      await ledger.move(row, 'queued', { actor: null, cause: 'refused', answer, failure, patch });
      throw error;
    }
    const failure = failureOf(error, 'Cyclorama retries until it has left the queue.');
    return ledger.move(row, 'queued', {
      actor: null,
      cause: 'the cancellation was not answered',
      answer,
      failure,
    });
  }

  return {
    launch,
    terminate,
    cancel,
    /** False while the rate limit is used up. */
    callsAreAllowed: (): boolean => clock.now() >= rateLimitedUntil,
  };
}

function upstreamIdOf(row: BookingRow): string {
  if (row.upstream_id === null) throw new Error(`booking ${row.id} has no instance or reservation`);
  return row.upstream_id;
}
