import type { Booking } from '@cyclorama/shared/robots.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { idOf } from '../../../../lib/ids.ts';
import { NO_VALUE } from '../../../../lib/units.ts';
import { useResourceRows } from '../../../../router/resource-link.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { LoadingState } from '../../../../ui/states.tsx';
import { Ago, Countdown } from '../../../../ui/time.tsx';
import { BookingName } from '../../components/RobotName.tsx';
import { bookingsQuery } from '../../queries.ts';
import { waitBasis, waitText } from '../forecast.rules.ts';
import { holdersAndWaiters } from '../team.rules.ts';
import { UsagePanel } from './UsagePanel.tsx';

export function TeamView() {
  const query = useQuery(bookingsQuery('open'));
  return (
    <>
      <QueryView query={query} hidesAge loading={<LoadingState rows={4} label="Loading bookings" />}>
        {(data) => {
          const { holding, waiting } = holdersAndWaiters(data.bookings);
          return (
            <>
              <Part title="Holders" bookings={holding} empty="No robots held" columns={held} />
              <Part title="Waiting" bookings={waiting} empty="No one waiting" columns={awaited} />
            </>
          );
        }}
      </QueryView>
      <UsagePanel />
    </>
  );
}

type PartProps = {
  title: string;
  bookings: Booking[];
  empty: string;
  columns: readonly Column<Booking>[];
};

function Part({ title, bookings, empty, columns }: PartProps) {
  const resourceRows = useResourceRows('booking', idOf);
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <h2 className="text-sm">{title}</h2>
      {bookings.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <DataTable caption={title} columns={columns} rows={bookings} height="320px" {...resourceRows} />
      )}
    </section>
  );
}

const owner: Column<Booking> = {
  key: 'owner',
  header: 'Held by',
  priority: 1,
  width: 160,
  cell: (booking) => booking.owner ?? 'not booked here',
};
const robot: Column<Booking> = {
  key: 'robot',
  header: 'Robot',
  primary: true,
  cell: (booking) => <BookingName booking={booking} />,
};
const state: Column<Booking> = {
  key: 'state',
  header: 'State',
  priority: 3,
  width: 160,
  cell: (booking) => <StateLabel state={booking.state} />,
};

const held: Column<Booking>[] = [
  robot,
  owner,
  state,
  {
    key: 'since',
    header: 'Started',
    priority: 4,
    width: 120,
    cell: (booking) => <Ago at={booking.startedAt} />,
  },
  {
    key: 'left',
    header: 'Time left',
    priority: 2,
    width: 120,
    cell: ({ endsAt, state: now }) => {
      if (endsAt !== null) return <Countdown to={endsAt} />;
      return now === 'ready' ? 'no limit' : NO_VALUE;
    },
  },
];

const awaited: Column<Booking>[] = [
  robot,
  owner,
  state,
  {
    key: 'wait',
    header: 'Expected wait',
    width: 184,
    priority: 1,
    cell: ({ state: now, wait }) =>
      now === 'queued' ? <span title={waitBasis}>{waitText(wait)}</span> : NO_VALUE,
  },
  {
    key: 'since',
    header: 'Requested',
    priority: 4,
    width: 120,
    cell: (booking) => <Ago at={booking.requestedAt} />,
  },
];
