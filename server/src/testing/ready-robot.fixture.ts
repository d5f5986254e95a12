import { paths } from '@cyclorama/shared/paths.ts';
import { booking, deploymentsResponse } from '@cyclorama/shared/robots.ts';
import type { Booking, BookingRequest } from '@cyclorama/shared/robots.ts';
import { vi } from 'vitest';

import type { Browser } from './server.fixture.ts';

const PATIENCE_MS = 15_000;

export async function bookRobot(person: Browser, body: Partial<BookingRequest> = {}): Promise<Booking> {
  return vi.waitFor(async () => {
    const { deployments } = deploymentsResponse.parse(await (await person.get(paths.deployments())).json());
    for (const { id, online, queueLength } of deployments) {
      if (online !== true || queueLength !== 0) continue;
      const answer = await person.post(paths.bookings(), { body: { deploymentId: id, ...body } });
      if (answer.status === 201) return booking.parse(await answer.json());
    }
    throw new Error('no robot could be booked yet');
  }, PATIENCE_MS);
}

export async function bookingIn(person: Browser, id: string, state: Booking['state']): Promise<Booking> {
  return vi.waitFor(async () => {
    const found = booking.parse(await (await person.get(paths.booking(id))).json());
    if (found.state !== state) throw new Error(`the booking is ${found.state}`);
    return found;
  }, PATIENCE_MS);
}
