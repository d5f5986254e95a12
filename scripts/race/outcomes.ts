import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import type { Booking, BookingsResponse } from '../../shared/src/robots.ts';
import type { Api } from '../lib/signed-in.ts';
import type { Answer } from './ask.ts';

/** What became of what each session asked for. */
function fateOf(answers: Answer, made: Booking[]): 'owner' | 'queued' | 'refused' | 'unclear' {
  if (answers.kind === 'refused') {
    return answers.status === 409 && answers.message !== '' && answers.hint !== '' ? 'refused' : 'unclear';
  }
  const booking = made.find(({ id }) => id === answers.id);
  if (booking?.state === 'ready') return 'owner';
  if (booking?.state === 'queued') return 'queued';
  const over = booking?.state === 'refused' || booking?.state === 'failed';
  return over && (booking.failure?.message ?? '') !== '' ? 'refused' : 'unclear';
}

/** Null where everyone ends owning a robot, queued, or refused in words that say what can be done. */
export function unclear(answers: Answer[], made: Booking[]): string | null {
  const odd = answers.filter((each) => fateOf(each, made) === 'unclear');
  return odd.length === 0 ? null : `${odd.length} of ${answers.length}: ${JSON.stringify(odd.slice(0, 3))}`;
}

export function countOf(answers: Answer[], made: Booking[]): Record<'owner' | 'queued' | 'refused', number> {
  const fates = answers.map((each) => fateOf(each, made));
  const count = (fate: string): number => fates.filter((each) => each === fate).length;
  return { owner: count('owner'), queued: count('queued'), refused: count('refused') };
}

/** Looks as one session after the other, all along, at who holds what. `end` says what was wrong, or null. */
export function watchOwners(sessions: Api[]): { end(): Promise<string | null> } {
  const ended = new AbortController();
  let problem: string | null = null;
  let looks = 0;
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const session = sessions[looks % sessions.length];
      looks += 1;
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
      return looks > 0 ? problem : 'nobody looked';
    },
  };
}

/** At most one booking here starts or is ready on a robot, and at most one at all is ready. */
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
