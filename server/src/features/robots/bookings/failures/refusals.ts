import { notPermittedRefusal } from '@cyclorama/shared/rules/deployments.ts';

import { AppError } from '../../../../lib/errors.ts';
import type { UpstreamError } from '../../../../lib/errors.ts';
import type { BookingRow } from '../../../../store/bookings.ts';
import { refusedAs } from '../../../../upstream/rerobots/errors.ts';

export function refusedBooking(
  error: UpstreamError,
  {
    type,
    deployment_id: deploymentId,
    candidates,
  }: Pick<BookingRow, 'type' | 'deployment_id' | 'candidates'>,
): Error {
  if (refusedAs(error, 'busy')) {
    const all = candidates === null ? `All ${type} robots are busy.` : 'All of these robots are busy.';
    const busy = deploymentId === null ? all : 'This robot is busy.';
    return new AppError('conflict', `${busy} Nothing was booked.`, {
      hint: 'Join the queue, take another robot of the type, or watch for a free one.',
      cause: error,
    });
  }
  if (refusedAs(error, 'offline') || refusedAs(error, 'locked-out') || refusedAs(error, 'dissolved')) {
    return new AppError('not-allowed-now', 'This robot is not available at rerobots. Nothing was booked.', {
      hint: 'Choose another robot.',
      cause: error,
    });
  }
  if (refusedAs(error, 'not-permitted')) return notPermitted(error);
  return error;
}

export function notPermitted(cause?: unknown): AppError {
  return new AppError('forbidden', `${notPermittedRefusal} Nothing was booked.`, {
    hint: 'Choose another robot, or ask its owner.',
    cause,
  });
}
