import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import type { Booking, BookingsResponse } from '../../shared/src/robots.ts';
import type { Api } from '../lib/signed-in.ts';
import type { Answer } from './ask.ts';

function outcomeOf(answers: Answer, made: Booking[]): 'owner' | 'queued' | 'refused' | 'unclear' {
  if (answers.kind === 'refused') {
    return answers.status === 409 && answers.message !== '' && answers.hint !== '' ? 'refused' : 'unclear';
  }
  const booking = made.find(({ id }) => id === answers.id);
  if (booking?.state === 'ready') return 'owner';
  if (booking?.state === 'queued') return 'queued';
  const over = booking?.state === 'refused' || booking?.state === 'failed';
  return over && (booking.failure?.message ?? '') !== '' ? 'refused' : 'unclear';
}

/** Null when everyone ends as owner, queued, or refused with a message and a hint. */
export function unclear(answers: Answer[], made: Booking[]): string | null {
  const odd = answers.filter((each) => outcomeOf(each, made) === 'unclear');
  return odd.length === 0 ? null : `${odd.length} of ${answers.length}: ${JSON.stringify(odd.slice(0, 3))}`;
}

export function countOf(answers: Answer[], made: Booking[]): Record<'owner' | 'queued' | 'refused', number> {
  const outcomes = answers.map((each) => outcomeOf(each, made));
  const count = (outcome: string): number => outcomes.filter((each) => each === outcome).length;
  return { owner: count('owner'), queued: count('queued'), refused: count('refused') };
}

/** Polls who holds what, as each session in turn; `end` resolves with the first problem or null. */
export function watchOwners(sessions: Api[]): { end(): Promise<string | null> } {
  const ended = new AbortController();
  let problem: string | null = null;
  let checks = 0;
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const session = sessions[checks % sessions.length];
      checks += 1;
      const answer = await session?.call('GET', `${paths.bookings()}?state=open`);
      if (answer?.status === 200) problem ??= shared((answer.body as BookingsResponse).bookings);
      await sleep(50);
    }
  };
  const watched = watch().catch((error: unknown) => {
    problem ??= String(error);
  });
  return {
    async end() {
      ended.abort();
      await watched;
      return checks > 0 ? problem : 'it was never checked';
    },
  };
}

/** Finds a robot with two bookings of ours starting or ready, or with any two ready. */
function shared(bookings: Booking[]): string | null {
  const twice = (held: Booking[]): string | undefined => {
    const places = held.flatMap(({ deploymentId }) => deploymentId ?? []);
    return places.find((place, at) => places.indexOf(place) !== at);
  };
  const ready = bookings.filter(({ state }) => state === 'ready');
  const ours = bookings.filter(({ state, owner }) => owner !== null && ['starting', 'ready'].includes(state));
  const place = twice(ready) ?? twice(ours);
  return place === undefined ? null : `two bookings hold ${place}`;
}
