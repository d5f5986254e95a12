import type { DeploymentsQuery, DeploymentsResponse, RobotDeployment } from '@cyclorama/shared/robots.ts';
import {
  countRobots,
  deploymentOrders,
  pageOf,
  searchDeployments,
  sortDeployments,
} from '@cyclorama/shared/rules/deployments.ts';

import type { Clock } from '../../../lib/clock.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { RobotFacts } from '../robot-facts.ts';
import { createDeploymentsCollector } from './collector.ts';
import { shortestQueue } from './rules.ts';

type Deps = {
  client: RerobotsClient;
  hub: EventHub;
  clock: Clock;
  health: Pick<UpstreamHealth, 'freshness'>;
  facts?: RobotFacts;
};

export type DeploymentsService = ReturnType<typeof createDeploymentsService>;

export function createDeploymentsService(deps: Deps) {
  const collector = createDeploymentsCollector(deps);
  return {
    ...collector,

    list(query: DeploymentsQuery): DeploymentsResponse {
      const types = [...new Set(collector.all().map((deployment) => deployment.type))].toSorted();
      const found = sortDeployments(
        searchDeployments(collector.all(), query),
        deploymentOrders[query.sort_by ?? 'inc_wtype'],
      );
      const { items: deployments, page, pages: pageCount } = pageOf(found, query);
      return {
        freshness: deps.health.freshness(),
        deployments,
        page,
        pageCount,
        total: found.length,
        types,
      };
    },

    find: (id: string | null | undefined): RobotDeployment | null =>
      collector.all().find((deployment) => deployment.id === id) ?? null,

    shortestQueue: (type: string, among: readonly string[] | null): RobotDeployment | null =>
      shortestQueue(collector.all(), type, among),

    numbers: (heldByUs: ReadonlySet<string>) => countRobots(collector.all(), heldByUs),
  };
}
