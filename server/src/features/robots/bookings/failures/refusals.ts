import { AppError } from '../../../../lib/errors.ts';
import type { UpstreamError } from '../../../../lib/errors.ts';
import { refusedAs } from '../../../../upstream/rerobots/errors.ts';

export function bookingRefusal(error: UpstreamError): Error {
  if (refusedAs(error, 'busy')) {
    return new AppError('conflict', 'Every robot that fits is busy. Nothing was booked.', {
      hint: 'Wait in the queue, take another robot of the type, or get notified when one is free.',
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
