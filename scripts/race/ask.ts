import { randomUUID } from 'node:crypto';

import { paths } from '../../shared/src/paths.ts';
import type { Booking } from '../../shared/src/robots.ts';
import type { Api } from '../lib/signed-in.ts';

export type Answer =
  | { kind: 'booked'; id: string; state: Booking['state'] }
  | { kind: 'refused'; status: number; message: string; hint: string };

/** Sends all bookings at the same moment; with `twice` two of each, under one key. */
export async function askAll(
  sessions: Api[],
  bodyOf: (seat: number) => object,
  twice = false,
): Promise<Answer[]> {
  const answers = await Promise.all(
    sessions.map((session, seat) => {
      const key = randomUUID();
      return Promise.all((twice ? [1, 2] : [1]).map(() => ask(session, bodyOf(seat), key)));
    }),
  );
  return answers.map(agreed);
}

/** The one answer, or a refusal that says that two bookings came of one key. */
function agreed(answers: Answer[]): Answer {
  const ids = new Set(answers.flatMap((answer) => (answer.kind === 'booked' ? [answer.id] : [])));
  const first = answers.find(({ kind }) => kind === 'booked') ?? answers[0];
  if (first !== undefined && ids.size <= 1) return first;
  return { kind: 'refused', status: 0, message: `one key, bookings ${[...ids].join()}`, hint: '' };
}

async function ask(session: Api, body: object, idempotencyKey: string): Promise<Answer> {
  const answer = await session.call('POST', paths.bookings(), body, { idempotencyKey });
  if (answer.status === 201) {
    const { id, state } = answer.body as Booking;
    return { kind: 'booked', id, state };
  }
  const { error } = answer.body as { error?: { message?: string; hint?: string } };
  return { kind: 'refused', status: answer.status, message: error?.message ?? '', hint: error?.hint ?? '' };
}
