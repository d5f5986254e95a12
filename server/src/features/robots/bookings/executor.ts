import type { BookingState } from '@cyclorama/shared/robots.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import { answerOf, failureOf } from '../../../lib/upstream-answer.ts';
import type { BookingRow } from '../../../store/bookings.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import { refusedAs } from '../../../upstream/rerobots/errors.ts';
import { refusedBooking } from './failures/refusals.ts';
import type { BookingLedger } from './ledger.ts';

type Options = {
  ledger: BookingLedger;
  client: RerobotsClient;
  clock: Clock;
  callbackUrlOf?: ((bookingId: string) => string | null) | undefined;
};

export type BookingExecutor = ReturnType<typeof createBookingExecutor>;

/** Carries out booking, terminating and cancelling: intent into the ledger first, then the call, then its outcome. */
export function createBookingExecutor({ ledger, client, clock, callbackUrlOf }: Options) {
  let noCallsUntil = Number.NEGATIVE_INFINITY;

  /**
   * Sends one `requested` booking; `target` is a deployment id or a type. Returns it `starting`, `queued`, or still
   * `requested` where no answer came; throws where it was refused. `otherDeployment` names a deployment to queue for where a
   * type is busy, since the service takes no reservations by type.
   */
  async function launch(
    requested: BookingRow,
    target: string,
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
        cause: queued ? 'it waits in the queue' : 'the robot is starting',
        answer: '200',
        patch: { upstream_id: id },
      });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const next = options.reserve && refusedAs(error, 'busy') ? otherDeployment() : null;
      if (next === null || next === target) return closeLaunch(requested, error);
      const row = await ledger.move(requested, 'requested', {
        actor: null,
        cause: 'every robot of the type is busy: asked for a place in the shortest queue',
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
      throw refusedBooking(error);
    }
    const failure = failureOf(
      error,
      'Whether the robot was booked is being looked up; do not book it again until this is settled.',
    );
    return ledger.move(row, 'requested', {
      actor: null,
      cause: 'the booking was not answered',
      answer,
      failure,
    });
  }

  /**
   * Ends a booking's robot. While it starts the request is kept and carried out later. Throws where rerobots certainly
   * did nothing, leaving the booking as it was; with no actor the request stays, to be tried again.
   */
  async function terminate(before: BookingRow, actor: string | null): Promise<BookingRow> {
    const to = before.state === 'ready' || before.state === 'terminating' ? 'terminating' : 'starting';
    const row =
      actor === null && before.state === to
        ? before
        : await ledger.move(before, to, {
            actor,
            cause: 'termination asked for',
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
      cause: 'rerobots terminates it',
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
        cause: 'it can not be terminated while it starts; it will be as soon as it is ready',
        answer,
      });
    }
    const sameState = row.state === 'starting' ? 'starting' : 'terminating';
    if (error.fault === 'rate-limited') {
      const back = before.state === 'ready' ? 'ready' : sameState;
      return keepRequest(row, back, error, 'It will be terminated');
    }
    if (refusedAs(error, 'over') || refusedAs(error, 'not-found')) {
      return ledger.move(row, sameState, {
        actor: null,
        cause: 'rerobots says it is over or not there yet',
        answer,
      });
    }
    if (error.certainlyNotDone && actor !== null) {
      const back = before.state === 'ready' ? 'ready' : 'starting';
      const failure = failureOf(error, 'Nothing was terminated; try again.');
      const patch = { termination_requested: before.termination_requested };
      await ledger.move(row, back, { actor: null, cause: 'refused', answer, failure, patch });
      throw error;
    }
    const failure = failureOf(error, 'It is looked up and tried again until it is terminated.');
    return ledger.move(row, sameState, {
      actor: null,
      cause: 'the termination was not answered',
      answer,
      failure,
    });
  }

  /** No calls are left: the request is kept, and carried out before anything is read once there are again. */
  function keepRequest(
    row: BookingRow,
    state: BookingState,
    error: UpstreamError,
    what: string,
  ): Promise<BookingRow> {
    // A second early, so that the request is before whatever else waits for the same moment.
    noCallsUntil = clock.now() + ((error.detail.retryAfterSeconds ?? 60) - 1) * 1_000;
    return ledger.move(row, state, {
      actor: null,
      cause: 'no calls are left: the request is kept',
      answer: answerOf(error),
      failure: {
        code: 'rate-limited',
        message: `${error.message} ${what} as soon as calls are allowed again.`,
      },
      patch: { termination_requested: 1 },
    });
  }

  /** Leaves the queue. Throws where it is not in the queue any more, or rerobots certainly did nothing. */
  async function cancel(before: BookingRow, actor: string | null): Promise<BookingRow> {
    const row =
      actor === null
        ? before
        : await ledger.move(before, 'queued', {
            actor,
            cause: 'cancelling asked for',
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
    // Gone from the queue: cancelled by an unanswered try, or its turn came. The account's lists tell which.
    if (refusedAs(error, 'not-found')) {
      return ledger.move(row, 'queued', { actor: null, cause: 'no longer in the queue', answer });
    }
    if (error.fault === 'rate-limited') return keepRequest(row, 'queued', error, 'It will leave the queue');
    if (error.certainlyNotDone && actor !== null) {
      const failure = failureOf(error, 'It still waits in the queue; try again.');
      const patch = { termination_requested: 0 } as const;
      await ledger.move(row, 'queued', { actor: null, cause: 'refused', answer, failure, patch });
      throw error;
    }
    const failure = failureOf(error, 'It is looked up and tried again until it has left the queue.');
    return ledger.move(row, 'queued', { actor: null, cause: 'cancelling was not answered', answer, failure });
  }

  return {
    launch,
    terminate,
    cancel,
    /** False while rerobots has told that it allows no calls. */
    callsAreAllowed: (): boolean => clock.now() >= noCallsUntil,
  };
}

function upstreamIdOf(row: BookingRow): string {
  if (row.upstream_id === null) throw new Error(`booking ${row.id} has no instance or reservation`);
  return row.upstream_id;
}
