import type { Booking } from '@cyclorama/shared/robots.ts';
import { useQuery } from '@tanstack/react-query';

import { Absolute } from '../../../../ui/time.tsx';
import { holdersQuery } from '../../access/queries.ts';

const nobody = 'not booked here';

/** Who holds it, and who held it before. */
export function HeldBy({ booking }: { booking: Booking }) {
  const before = useQuery(holdersQuery(booking.id)).data?.holders.slice(0, -1) ?? [];
  return (
    <>
      <span className="block">{booking.owner ?? nobody}</span>
      {before.length > 0 && (
        <ul aria-label="Held before by" className="text-xs text-muted">
          {before.toReversed().map(({ owner, from, to }) => (
            <li key={from}>
              <bdi>{owner ?? nobody}</bdi> from <Absolute at={from} /> to <Absolute at={to} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
