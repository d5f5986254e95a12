import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { BookDialog } from './components/BookDialog.tsx';
import { BookingsPanel } from './components/BookingsPanel.tsx';
import { DeploymentFilters } from './components/DeploymentFilters.tsx';
import { DeploymentsTable } from './components/DeploymentsTable.tsx';
import { filterDeployments } from './robots.filter.ts';
import { deploymentsQuery } from './robots.queries.ts';
import { newBookingRefusal } from './robots.rules.ts';
import { useRobotsUrl } from './robots.url.ts';

/** Robots to book, and who holds them. */
export function RobotsPage() {
  const { user } = useSession();
  const [search, setSearch] = useRobotsUrl();
  const navigate = useNavigate();
  const query = useQuery(deploymentsQuery);
  // Undefined while nothing is being booked; null when no robot was chosen beforehand.
  const [booking, setBooking] = useState<string | null | undefined>(undefined);
  const deployments = query.data?.deployments ?? [];
  const types = query.data?.types ?? [];
  const shown = filterDeployments(deployments, search);
  const refusal =
    newBookingRefusal(null, user.role) ?? (deployments.length === 0 ? 'No robot to book' : undefined);

  return (
    <Page
      title="Robots"
      actions={
        <Button variant="primary" disabledReason={refusal} onClick={() => setBooking(null)}>
          Book…
        </Button>
      }
    >
      <BookingsPanel />
      <section aria-labelledby="robots-heading" className="flex min-w-0 flex-col gap-3">
        <h2 id="robots-heading" className="text-sm">
          All robots
        </h2>
        <DeploymentFilters deployments={deployments} types={types} shown={shown.length} />
        <QueryView query={query}>
          {(data) =>
            shown.length === 0 ? (
              <NoRobots isFiltered={data.deployments.length > 0} />
            ) : (
              <DeploymentsTable
                deployments={shown}
                sort={{ key: search.sort ?? 'type', direction: search.dir ?? 'asc' }}
                onSortChange={({ key, direction }) => setSearch({ sort: key, dir: direction })}
                onBook={(robot) => setBooking(robot.id)}
              />
            )
          }
        </QueryView>
      </section>
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

function NoRobots({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No robot matches" hint="Change the filter above to see others." />
  ) : (
    <EmptyState title="No robots" hint="The rerobots account sees no deployments." />
  );
}
