import type { Booking } from '@cyclorama/shared/robots.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useServerNow } from '../../../../lib/server-clock.ts';
import { formatDuration } from '../../../../lib/units.ts';
import { Countdown, Elapsed } from '../../../../ui/time.tsx';
import { deploymentsQuery } from '../../queries.ts';
import { idleFor, isFailureNoticed, timeWarning } from '../booking-end.rules.ts';
import { BookDialog } from './BookDialog.tsx';
import { RefusalHelp } from './RefusalHelp.tsx';

const box = 'rounded-lg border px-3 py-2';
const amber = `${box} border-warning-line bg-warning-soft`;
const red = `${box} border-danger-line bg-danger-soft`;

export function BookingNotices({ booking }: { booking: Booking }) {
  const now = useServerNow();
  const warning = timeWarning(booking, now);
  const idle = idleFor(booking, now);
  return (
    <>
      {warning !== null && booking.endsAt !== null && (
        <div className={warning === 'two-minutes' ? red : amber}>
          {/* The text stays the same while the time runs, so that screen readers read it once. */}
          <output>
            {warning === 'two-minutes' ? 'Less than two minutes left.' : 'Less than ten minutes left.'} Save
            your work: the robot is terminated then.
          </output>{' '}
          Left: <Countdown to={booking.endsAt} />
        </div>
      )}
      {idle !== null && (
        <p className={amber}>
          No activity here for {formatDuration(Math.floor(idle / 60_000) * 60_000)} (SSH is not visible).
          Terminate it if you are done.
        </p>
      )}
      {booking.waiting && (
        <div className={amber}>
          <output>{booking.waiting.message}</output> Waiting <Elapsed since={booking.waiting.since} />.
        </div>
      )}
      {isFailureNoticed(booking) && <Again booking={booking} />}
    </>
  );
}

function Again({ booking }: { booking: Booking }) {
  const navigate = useNavigate();
  const { data } = useQuery(deploymentsQuery);
  const [next, setNext] = useState<{ deploymentId: string | undefined; reserve: boolean } | null>(null);
  const deployments = data?.deployments ?? [];
  return (
    <section aria-label="Failure" className={`${red} flex flex-col gap-2`}>
      <p>{booking.failure?.message ?? 'It holds no robot.'}</p>
      <RefusalHelp
        deploymentId={booking.deploymentId}
        type={booking.type}
        reserved={false}
        deployments={deployments}
        onQueue={() => setNext({ deploymentId: booking.deploymentId ?? undefined, reserve: true })}
        onOther={({ id }) => setNext({ deploymentId: id, reserve: false })}
      />
      {next !== null && (
        <BookDialog
          {...next}
          deployments={deployments}
          types={data?.types ?? [booking.type]}
          onClose={() => setNext(null)}
          onBooked={({ id }) => {
            setNext(null);
            void navigate({ to: '/robots/bookings/$bookingId', params: { bookingId: id } });
          }}
        />
      )}
    </section>
  );
}
