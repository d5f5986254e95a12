import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { idOf } from '../../../../lib/ids.ts';
import { useNarrow } from '../../../../lib/media.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago, Countdown } from '../../../../ui/time.tsx';
import { bookingName } from '../../rules.ts';
import { BookingActions } from './BookingActions.tsx';

const WARN_BELOW_MS = 10 * 60_000;

export function BookingsTable({ bookings, caption }: { bookings: Booking[]; caption: string }) {
  const resourceRows = useResourceRows('booking', idOf);
  const narrow = useNarrow();
  return (
    <DataTable
      caption={caption}
      columns={narrow ? columns.filter(({ key }) => onCard.includes(key)) : columns}
      rows={bookings}
      height="320px"
      {...resourceRows}
    />
  );
}

const columns: Column<Booking>[] = [
  { key: 'robot', header: 'Robot', primary: true, cell: bookingName },
  { key: 'state', header: 'State', width: '200px', cell: (booking) => <BookingState booking={booking} /> },
  { key: 'owner', header: 'Held by', width: '112px', cell: (booking) => booking.owner ?? 'not booked here' },
  { key: 'ends', header: 'Time left', width: '112px', cell: (booking) => <TimeLeft booking={booking} /> },
  {
    key: 'connection',
    header: 'Access or error',
    width: '28%',
    cell: (booking) => <WayIn booking={booking} />,
  },
  { key: 'since', header: 'Requested', width: '104px', cell: (booking) => <Ago at={booking.requestedAt} /> },
  {
    key: 'actions',
    header: 'Actions',
    width: '152px',
    cardAction: true,
    cell: (booking) => <BookingActions booking={booking} />,
  },
];

/** A card has room for the name, the action that ends it, and four facts. */
const onCard = ['robot', 'state', 'owner', 'ends', 'connection', 'actions'];

function BookingState({ booking }: { booking: Booking }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StateLabel state={booking.state} />
      {booking.terminationRequested && booking.state !== 'queued' && (
        <Badge tone="warning">to be terminated</Badge>
      )}
    </span>
  );
}

function TimeLeft({ booking }: { booking: Booking }) {
  if (!isOpenBooking(booking) || booking.endsAt === null) return <span className="text-muted">–</span>;
  return <Countdown to={booking.endsAt} warnBelow={WARN_BELOW_MS} />;
}

function WayIn({ booking }: { booking: Booking }) {
  if (booking.waiting) return <span title={booking.waiting.message}>{booking.waiting.message}</span>;
  if (booking.failure !== null) return <span title={booking.failure.message}>{booking.failure.message}</span>;
  if (booking.connection === null || booking.state !== 'ready') return <span className="text-muted">–</span>;
  return (
    <span className="flex items-center gap-1">
      <code className="truncate font-mono text-xs">{booking.connection.command}</code>
      <CopyButton text={booking.connection.command} label="ssh command" />
    </span>
  );
}
