import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { useCan, useSession } from '../../../../api/session.ts';
import { Chip } from '../../../../ui/chip.tsx';
import { Select } from '../../../../ui/select.tsx';
import { EmptyState, LoadingState } from '../../../../ui/states.tsx';
import { bookingsQuery } from '../../queries.ts';
import type { BookingFilter } from '../../queries.ts';
import { splitBookings } from '../../rows.ts';
import { useRobotsSearch } from '../../search.ts';
import { BookingsTable } from './BookingsTable.tsx';

const stateOptions: { value: BookingFilter; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'ended', label: 'Ended' },
  { value: 'all', label: 'All' },
];

export function BookingsPanel() {
  const { user } = useSession();
  const canBook = useCan('operator');
  const [search, setSearch] = useRobotsSearch();
  const state = search.state ?? 'open';
  const query = useQuery(bookingsQuery(state));
  return (
    <section aria-labelledby="bookings-heading" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="bookings-heading" className="mr-auto text-sm">
          Bookings
        </h2>
        <Chip
          pressed={search.who === 'mine'}
          onPressedChange={(mine) => setSearch({ who: mine ? 'mine' : undefined })}
        >
          Mine
        </Chip>
        <Select
          aria-label="State"
          value={state}
          options={stateOptions}
          onValueChange={(next) => setSearch({ state: next === 'open' ? undefined : next })}
        />
      </div>
      <QueryView query={query} hidesAge loading={<LoadingState rows={3} label="Loading bookings" />}>
        {(data) => {
          const { booked, unclaimed } = splitBookings(data.bookings, search, user.name);
          return (
            <>
              {booked.length > 0 ? (
                <BookingsTable caption="Bookings" bookings={booked} />
              ) : (
                <EmptyState
                  title={search.who === 'mine' ? 'You hold no robots' : 'No robots held'}
                  hint={canBook ? 'Book one below.' : 'Operators can book one below.'}
                />
              )}
              {unclaimed.length > 0 && (
                <div className="flex flex-col gap-2">
                  <h3 className="text-sm">Not booked here</h3>
                  <p className="text-muted">
                    Started outside this dashboard with the team’s rerobots account. Only admins can terminate
                    them.
                  </p>
                  <BookingsTable caption="Not booked here" bookings={unclaimed} />
                </div>
              )}
            </>
          );
        }}
      </QueryView>
    </section>
  );
}
