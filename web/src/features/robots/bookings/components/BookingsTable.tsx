import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';

import { idOf } from '../../../../lib/ids.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { Badge } from '../../../../ui/badge.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Ago, Countdown } from '../../../../ui/time.tsx';
import { BookingName } from '../../components/RobotName.tsx';
import { waitBasis, waitText } from '../../fleet/forecast.rules.ts';
import { BookingActions } from './BookingActions.tsx';

const WARN_BELOW_MS = 10 * 60_000;

export function BookingsTable({ bookings, caption }: { bookings: Booking[]; caption: string }) {
  const resourceRows = useResourceRows('booking', idOf);
  return <DataTable caption={caption} columns={columns} rows={bookings} height="320px" {...resourceRows} />;
}

const columns: Column<Booking>[] = [
  { key: 'robot', header: 'Robot', primary: true, cell: (booking) => <BookingName booking={booking} /> },
  {
    key: 'state',
    header: 'State',
    priority: 1,
    width: 200,
    cell: (booking) => <BookingState booking={booking} />,
  },
  {
    key: 'owner',
    header: 'Held by',
    priority: 4,
    width: 112,
    cell: (booking) => booking.owner ?? 'not booked here',
  },
  {
    key: 'ends',
    header: 'Time left',
    priority: 3,
    width: 112,
    cell: timeLeft,
  },
  {
    key: 'connection',
    header: 'Access or error',
    wide: true,
    priority: 2,
    cell: wayIn,
  },
  {
    key: 'since',
    header: 'Requested',
    priority: 5,
    width: 104,
    cell: (booking) => <Ago at={booking.requestedAt} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    width: 152,
    action: true,
    cell: (booking) => <BookingActions booking={booking} />,
  },
];

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

function timeLeft(booking: Booking) {
  if (!isOpenBooking(booking) || booking.endsAt === null) return <span className="text-muted">–</span>;
  return <Countdown to={booking.endsAt} warnBelow={WARN_BELOW_MS} />;
}

function wayIn(booking: Booking) {
  if (booking.waiting) return <span title={booking.waiting.message}>{booking.waiting.message}</span>;
  if (booking.state === 'queued')
    return <span title={waitBasis}>{`Expected wait: ${waitText(booking.wait)}`}</span>;
  if (booking.failure !== null) return <span title={booking.failure.message}>{booking.failure.message}</span>;
  if (booking.connection === null || booking.state !== 'ready') return <span className="text-muted">–</span>;
  return (
    <span className="flex items-center gap-1">
      <code className="truncate font-mono text-xs">{booking.connection.command}</code>
      <CopyButton text={booking.connection.command} label="ssh command" />
    </span>
  );
}
