import type { Failure } from '@cyclorama/shared/common.ts';

/** Marks a booking that someone ended at rerobots and not here. */
export const outsideCode = 'ended-outside';

/** The sentences an owner reads where a booking did not go as asked, each with the code the page goes by. */
export const endedOutside: Failure = {
  code: outsideCode,
  message: 'It was ended at rerobots, not here: by someone with the account’s token, or by rerobots itself.',
};

export const queueGone: Failure = {
  code: 'queue-gone',
  message:
    'The place in the queue is gone, and no robot came of it: it was cancelled at rerobots, not here. Book again.',
};

export const instanceGone: Failure = {
  code: 'lost',
  message: 'rerobots does not know this instance any more; whether it ran can not be told.',
};

export const neverAnswered: Failure = {
  code: 'lost',
  message:
    'rerobots never answered this booking, and no instance or reservation of it is to be found. Book again.',
};

export const beingBooked: Failure = {
  code: 'being-booked',
  message: 'Someone is just booking this robot. Nothing was booked.',
};

export const neverSent: Failure = {
  code: 'never-sent',
  message: 'Its turn did not come in time, so it was never sent to rerobots. Nothing was booked. Book again.',
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
      `Someone else booked this robot in the same moment and got it (instance ${instanceId} never started). Nothing ` +
      'is running. Wait in the queue, or take another robot.',
  };
}
