import { paths } from '@cyclorama/shared/paths.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { useUpstreams } from '../../../api/upstreams.ts';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RawDetails } from '../../../ui/raw-details.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { StaleNotice } from '../../../ui/states.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { ConnectionPanel } from '../access/components/ConnectionPanel.tsx';
import { FirewallPanel } from '../access/components/FirewallPanel.tsx';
import { VpnPanel } from '../access/components/VpnPanel.tsx';
import { bookingName, plainBookingName, plainName } from '../names.rules.ts';
import { bookingQuery } from '../queries.ts';
import { isFailureNoticed } from './booking-end.rules.ts';
import { BookingActions } from './components/BookingActions.tsx';
import { BookingHero } from './components/BookingHero.tsx';
import { BookingNotices } from './components/BookingNotices.tsx';
import { BookingSteps } from './components/BookingSteps.tsx';
import { HandOverButton } from './components/HandOverDialog.tsx';
import { HeldBy } from './components/HeldBy.tsx';
import { SummaryPanel } from './components/SummaryPanel.tsx';

export function BookingPage() {
  const { bookingId = '' } = useParams({ strict: false });
  const booking = useQuery(bookingQuery(bookingId));
  return (
    <Page
      title={booking.data === undefined ? 'Booking' : bookingName(booking.data)}
      subtitle={
        <>
          {booking.data?.nickname !== undefined && `${plainBookingName(booking.data)} · `}
          <Link to="/robots" className="hover:underline">
            All robots
          </Link>
        </>
      }
      actions={
        booking.data !== undefined &&
        isOpenBooking(booking.data) && (
          <>
            <HandOverButton booking={booking.data} />
            <BookingActions booking={booking.data} size="md" />
          </>
        )
      }
    >
      <QueryView query={booking}>
        {(data) => (
          <>
            {isOpenBooking(data) && <RobotsFreshness />}
            <BookingHero booking={data} />
            <BookingNotices booking={data} />
            <BookingSteps booking={data} />
            <SummaryPanel booking={data} />
            <div className="grid items-start gap-3 lg:grid-cols-2">
              {/* In the order in which it is done: nobody gets in before the firewall is open. */}
              {isOpenBooking(data) && <FirewallPanel booking={data} />}
              <ConnectionPanel booking={data} />
              <Panel title="Booking">
                <BookingFacts booking={data} />
              </Panel>
              {isOpenBooking(data) && <VpnPanel booking={data} />}
            </div>
            <RawDetails
              source="this dashboard’s record and rerobots"
              readAt={null}
              path={paths.booking(bookingId)}
              data={data}
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function RobotsFreshness() {
  const rerobots = useUpstreams().data?.upstreams.find(({ name }) => name === 'rerobots');
  return rerobots === undefined ? null : <StaleNotice freshness={rerobots} />;
}

const anyOfText = ({ candidates, type }: Booking): string =>
  candidates === undefined
    ? 'any of the type'
    : `any of ${candidates.map((id) => plainName({ id, type })).join(', ')}`;

function BookingFacts({ booking }: { booking: Booking }) {
  return (
    <DefinitionList
      items={[
        ['State', <StateLabel key="state" state={booking.state} />],
        ['Error', isFailureNoticed(booking) ? null : (booking.failure?.message ?? null)],
        [
          'Termination',
          booking.terminationRequested && isOpenBooking(booking)
            ? 'requested; done as soon as possible'
            : null,
        ],
        ['Held by', <HeldBy key="h" booking={booking} />],
        ['Type', booking.type],
        ['Region', booking.region || null],
        ['Requested', <Absolute key="r" at={booking.requestedAt} />],
        ['Started', booking.startedAt === null ? null : <Absolute key="s" at={booking.startedAt} />],
        ['Ended', booking.endedAt === null ? null : <Absolute key="e" at={booking.endedAt} />],
        ['VPN', booking.vpn ? 'yes' : 'no'],
        [
          'Robot',
          booking.deploymentId === null ? (
            anyOfText(booking)
          ) : (
            <span key="d" className="inline-flex flex-wrap items-center gap-x-2">
              <Link
                to="/robots/deployments/$deploymentId"
                params={{ deploymentId: booking.deploymentId }}
                className="hover:underline"
              >
                {bookingName(booking)}
              </Link>
              <CopyId id={booking.deploymentId} label="robot id" />
            </span>
          ),
        ],
        [
          'Instance',
          booking.instanceId === null ? (
            'none yet'
          ) : (
            <CopyId key="i" id={booking.instanceId} label="instance id" />
          ),
        ],
      ]}
    />
  );
}
