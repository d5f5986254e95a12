import type { DeploymentsResponse, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { pageOf, sortDeployments } from '@cyclorama/shared/rules/deployments.ts';
import type { UseQueryResult } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { EmptyState } from '../../../../ui/states.tsx';
import { filterDeployments } from '../../rows.ts';
import { useRobotsSearch } from '../../search.ts';
import { orderChange, orderOf } from '../rows.ts';
import { DeploymentFilters } from './DeploymentFilters.tsx';
import { DeploymentsTable } from './DeploymentsTable.tsx';
import { Pager } from './Pager.tsx';
import { RobotNumbers } from './RobotNumbers.tsx';

type RobotsListProps = {
  query: UseQueryResult<DeploymentsResponse>;
  onBook: (robot: RobotDeployment) => void;
};

export function RobotsList({ query, onBook }: RobotsListProps) {
  const [search, setSearch] = useRobotsSearch();
  const deployments = query.data?.deployments ?? [];
  const order = orderOf(search);
  const found = sortDeployments(filterDeployments(deployments, search), order);
  const { items, page, pages, from } = pageOf(found, search);
  return (
    <section aria-labelledby="robots-heading" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id="robots-heading" className="text-sm">
          All robots
        </h2>
        <RobotNumbers deployments={query.data?.deployments} />
      </div>
      <DeploymentFilters deployments={deployments} types={query.data?.types ?? []} shown={found.length} />
      <QueryView query={query} hidesAge>
        {(data) =>
          items.length === 0 ? (
            <NoRobots isFiltered={data.deployments.length > 0} />
          ) : (
            <DeploymentsTable
              deployments={items}
              sort={order}
              onSortChange={(next) => setSearch(orderChange(next))}
              onBook={onBook}
            />
          )
        }
      </QueryView>
      <Pager page={page} pages={pages} from={from} shown={items.length} total={found.length} />
    </section>
  );
}

function NoRobots({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState title="No robots match" hint="Change or clear the filter." />
  ) : (
    <EmptyState
      title="No robots"
      hint="This rerobots account can book none. Add a robot to it at rerobots.net, or ask its owner for access."
    />
  );
}
