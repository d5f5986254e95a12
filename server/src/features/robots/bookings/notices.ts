import type { HandOverNotices, Holders } from '@cyclorama/shared/hand-overs.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { Person } from '../../../lib/person.ts';
import { bookingById } from '../../../store/bookings.ts';
import { dismissHandOver, handOversOf, undismissedHandOversTo } from '../../../store/hand-overs.ts';
import type { Database } from '../../../store/schema.ts';
import { holdersOf } from './holders.ts';

const SHOWN_AT_MOST = 20;

/** What a person is told of robots handed over to them, until they dismiss it; and who held a booking when. */
export function createHandOverNotices({
  db,
  clock,
  nicknameOf,
}: {
  db: Kysely<Database>;
  clock: Clock;
  nicknameOf: (deploymentId: string) => string | undefined;
}) {
  return {
    async list(person: Person): Promise<HandOverNotices> {
      const rows = await undismissedHandOversTo(db, person.name, SHOWN_AT_MOST);
      const notices = await Promise.all(
        rows.map(async ({ id, booking_id: bookingId, at, from_owner: from, actor: by }) => {
          const booking = await bookingById(db, bookingId);
          if (booking === null) return [];
          const { type, deployment_id: deploymentId } = booking;
          const nickname = deploymentId === null ? undefined : nicknameOf(deploymentId);
          const robot = { type, deploymentId, ...(nickname === undefined ? {} : { nickname }) };
          return [{ id, bookingId, at: isoOf(at), from, by, ...robot }];
        }),
      );
      return { notices: notices.flat() };
    },

    /** @throws AppError `not-found` where it is not this person's. */
    async dismiss(id: string, person: Person): Promise<void> {
      if (await dismissHandOver(db, { id, person: person.name, at: clock.now() })) return;
      throw new AppError('not-found', 'There is no notice of yours with this id.');
    },

    /** None of a booking that is not in the ledger: nobody here has held it. */
    async holders(bookingId: string): Promise<Holders> {
      const row = await bookingById(db, bookingId);
      if (row === null) return { holders: [] };
      const holders = holdersOf(row, await handOversOf(db, [bookingId]));
      return {
        holders: holders.map(({ owner, from, to }) => ({
          owner,
          from: isoOf(from),
          to: to === null ? null : isoOf(to),
        })),
      };
    },
  };
}
