import { AppError } from '../../../../lib/errors.ts';
import type { UpstreamError } from '../../../../lib/errors.ts';
import { refusedAs } from '../../../../upstream/rerobots/errors.ts';

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
