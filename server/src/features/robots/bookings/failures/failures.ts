import type { Failure } from '@cyclorama/shared/common.ts';

export const outsideCode = 'ended-outside';

export const endedOutside: Failure = {
  code: outsideCode,
  message: 'It was ended at rerobots, not here: by someone with the account’s token or by rerobots itself.',
};

export const reservationGone: Failure = {
  code: 'queue-gone',
  message:
    'The place in the queue is gone: it was cancelled at rerobots, not here. Book again; if a robot starts for it ' +
    'after all, it is back here.',
};

export const givenUp: Failure = {
  code: 'given-up',
  message:
    'Given up while rerobots didn’t show it, so it is unknown whether a robot runs. If one appears, it is back here ' +
    'and terminated.',
};

export const neverAnswered: Failure = {
  code: 'lost',
  message:
    'rerobots never answered this booking, and it has no instance or reservation there. Book again; a robot that ' +
    'starts after all is listed under “Not booked here”.',
};

export const beingBooked: Failure = {
  code: 'being-booked',
  message: 'Someone else is booking this robot right now. Nothing was booked.',
};

export const neverSent: Failure = {
  code: 'never-sent',
  message:
    'Other bookings of this type took too long, so it was never sent to rerobots. Nothing was booked. Book again.',
};

export function initFailed(instanceId: string): Failure {
  return {
    code: 'init-fail',
    message:
      `The robot did not start (instance ${instanceId}): its device refused or did not answer. Nothing is running. ` +
      'Book again, or take another robot.',
  };
}

export function lostRace(instanceId: string): Failure {
  return {
    code: 'lost-race',
    message:
      `Someone else booked this robot at the same moment and got it (instance ${instanceId} never started). Nothing ` +
      'is running. Wait in the queue, or take another robot.',
  };
}
