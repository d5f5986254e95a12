import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { idOf } from '../../../../lib/ids.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { Ago, FromNow } from '../../../../ui/time.tsx';

/** Who of the team had this robot, and from when to when. */
export function RobotBookings({ bookings }: { bookings: Booking[] }) {
  const resourceRows = useResourceRows('booking', idOf);
  return (
    <section aria-labelledby="deployment-bookings" className="flex min-w-0 flex-col gap-2">
      <h2 id="deployment-bookings" className="text-sm">
        Bookings by the team
      </h2>
      {bookings.length === 0 ? (
        <EmptyState title="No bookings yet" />
      ) : (
        <DataTable
          caption="Bookings of this robot"
          columns={columns}
          rows={bookings}
          height="320px"
          {...resourceRows}
        />
      )}
    </section>
  );
}

const columns: Column<Booking>[] = [
  { key: 'owner', header: 'Who', primary: true, cell: ({ owner }) => owner ?? 'not booked here' },
  {
    key: 'since',
    header: 'Since',
    priority: 1,
    width: 112,
    cell: ({ startedAt, requestedAt }) => <Ago at={startedAt ?? requestedAt} />,
  },
  { key: 'until', header: 'Until', priority: 2, width: 112, cell: (booking) => <Until booking={booking} /> },
  {
    key: 'state',
    header: 'State',
    priority: 3,
    width: 128,
    cell: ({ state }) => <StateLabel state={state} />,
  },
  {
    key: 'error',
    header: 'Error',
    wide: true,
    priority: 4,
    cell: ({ failure }) => failure && <span title={failure.message}>{failure.message}</span>,
  },
];

function Until({ booking: { endedAt, endsAt, ...booking } }: { booking: Booking }) {
  if (!isOpenBooking(booking)) return <Ago at={endedAt} />;
  return endsAt === null ? 'no limit' : <FromNow at={endsAt} />;
}
