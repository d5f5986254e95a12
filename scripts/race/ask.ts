import { paths } from '../../shared/src/paths.ts';
import type { Booking } from '../../shared/src/robots.ts';
import type { Api } from '../lib/signed-in.ts';

export type Answer =
  | { kind: 'booked'; id: string; state: Booking['state'] }
  | { kind: 'refused'; status: number; message: string; hint: string };

export function askAll(sessions: Api[], bodyOf: (seat: number) => object): Promise<Answer[]> {
  return Promise.all(sessions.map((session, seat) => ask(session, bodyOf(seat))));
}

async function ask(session: Api, body: object): Promise<Answer> {
  const answer = await session.call('POST', paths.bookings(), body);
  if (answer.status === 201) {
    const { id, state } = answer.body as Booking;
    return { kind: 'booked', id, state };
  }
  const { error } = answer.body as { error?: { message?: string; hint?: string } };
  return { kind: 'refused', status: answer.status, message: error?.message ?? '', hint: error?.hint ?? '' };
}
