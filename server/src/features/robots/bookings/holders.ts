import type { BookingRow } from '../../../store/bookings.ts';
import type { HandOverRow } from '../../../store/hand-overs.ts';

/** Epoch milliseconds; `to` is null while it lasts. */
export type Holder = { owner: string | null; from: number; to: number | null };

/** Who held a booking from its request to its end, oldest first. `handOvers` are this booking's, oldest first. */
export function holdersOf(
  row: Pick<BookingRow, 'owner' | 'requested_at' | 'ended_at'>,
  handOvers: readonly Pick<HandOverRow, 'at' | 'from_owner' | 'to_owner'>[],
): Holder[] {
  const [first] = handOvers;
  const starts = [
    { owner: first === undefined ? row.owner : first.from_owner, from: row.requested_at },
    ...handOvers.map(({ to_owner: owner, at: from }) => ({ owner, from })),
  ];
  return starts.map((start, index) => ({ ...start, to: starts[index + 1]?.from ?? row.ended_at }));
}
