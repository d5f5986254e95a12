import type { Freshness } from '@cyclorama/shared/common.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { newBookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { NotSetUp, useIsSetUp } from '../../api/not-set-up.tsx';
import { useSession } from '../../api/session.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { BookDialog } from './bookings/components/BookDialog.tsx';
import { BookingsPanel } from './bookings/components/BookingsPanel.tsx';
import { NotifyButton } from './bookings/components/NotifyButton.tsx';
import { BudgetLine } from './components/BudgetLine.tsx';
import { RobotsList } from './deployments/components/RobotsList.tsx';
import { RobotTimeline } from './fleet/components/RobotTimeline.tsx';
import { TeamView } from './fleet/components/TeamView.tsx';
import { bookingsQuery, deploymentsQuery } from './queries.ts';
import { useRobotsSearch } from './search.ts';

export function RobotsPage() {
  const { user } = useSession();
  const [search, setSearch] = useRobotsSearch();
  const navigate = useNavigate();
  const query = useQuery(deploymentsQuery);
  const age = useAge(query.data?.freshness);
  // Undefined: not booking; null: no robot preselected.
  const [booking, setBooking] = useState<string | null | undefined>(undefined);
  const deployments = query.data?.deployments ?? [];
  const types = query.data?.types ?? [];
  const isNew = useIsSetUp('rerobots') === false && query.data !== undefined && deployments.length === 0;
  const refusal =
    newBookingRefusal(null, user.role) ?? (deployments.length === 0 ? 'No robot to book' : undefined);
  return (
    <Page
      title="Robots"
      subtitle={<BudgetLine />}
      freshness={isNew ? undefined : age}
      actions={
        <>
          <Link to="/robots/account" className="px-2 text-accent-text hover:underline">
            Robot account
          </Link>
          <NotifyButton />
          <Button variant="primary" disabledReason={refusal} onClick={() => setBooking(null)}>
            Book…
          </Button>
        </>
      }
    >
      {isNew ? (
        <SetUp />
      ) : (
        <Tabs
          label="Robots"
          value={search.view ?? 'robots'}
          onValueChange={(view) => setSearch({ view: view === 'robots' ? undefined : view })}
          tabs={[
            {
              value: 'robots',
              label: 'Robots and bookings',
              content: <Robots query={query} onBook={(robot) => setBooking(robot.id)} />,
            },
            { value: 'timeline', label: 'Timeline', content: <RobotTimeline /> },
            { value: 'team', label: 'Team', content: <TeamView /> },
          ]}
        />
      )}
      {booking !== undefined && (
        <BookDialog
          deployments={deployments}
          types={types}
          deploymentId={booking ?? undefined}
          onClose={() => setBooking(undefined)}
          onBooked={({ id }) => {
            setBooking(undefined);
            void navigate({ to: '/robots/bookings/$bookingId', params: { bookingId: id } });
          }}
        />
      )}
    </Page>
  );
}

function SetUp() {
  const action = (
    <Link to="/robots/account" className={buttonClass('primary', 'md')}>
      Robot account
    </Link>
  );
  return <NotSetUp name="rerobots" action={action} />;
}

/** Robots and bookings both come from rerobots, so their age is shown once. */
function useAge(ofRobots: Freshness | undefined): Freshness | undefined {
  const [{ view, state }] = useRobotsSearch();
  const { data } = useQuery(bookingsQuery(view === undefined ? (state ?? 'open') : 'open'));
  return [ofRobots, data?.freshness].find((one) => one !== undefined && one.state !== 'live');
}

function Robots(props: {
  query: Parameters<typeof RobotsList>[0]['query'];
  onBook: (robot: RobotDeployment) => void;
}) {
  return (
    <>
      <BookingsPanel />
      <RobotsList {...props} />
    </>
  );
}
