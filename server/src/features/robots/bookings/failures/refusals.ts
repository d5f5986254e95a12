import { AppError } from '../../../../lib/errors.ts';
import type { UpstreamError } from '../../../../lib/errors.ts';
import { refusedAs } from '../../../../upstream/rerobots/errors.ts';

/** What rerobots answered, in short, for the steps of a booking. */
export function answerOf(error: UpstreamError): string {
  const { status, upstreamCode } = error.detail;
  return status === undefined ? error.fault : `${status} ${upstreamCode ?? error.fault}`;
}

/** What went wrong, and what that means for the booking. */
export function failureOf(error: UpstreamError, consequence: string): { code: string; message: string } {
  return { code: error.detail.upstreamCode ?? error.fault, message: `${error.message} ${consequence}` };
}

/** What a refused booking is told to the person who asked for it. */
export function refusedBooking(error: UpstreamError): Error {
  if (refusedAs(error, 'busy')) {
    return new AppError('conflict', 'Every robot you could have had is busy. Nothing was booked.', {
      hint: 'Wait in the queue, take another robot of the type, or be told when one is free.',
      cause: error,
    });
  }
  if (refusedAs(error, 'offline') || refusedAs(error, 'locked-out') || refusedAs(error, 'dissolved')) {
    return new AppError('not-allowed-now', 'This robot is not available at rerobots. Nothing was booked.', {
      hint: 'Choose another robot.',
      cause: error,
    });
  }
  return error;
}
