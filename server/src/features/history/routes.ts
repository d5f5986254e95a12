import { difference, differenceQuery, momentQuery, recordedHistory } from '@cyclorama/shared/history.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { topology } from '@cyclorama/shared/topology.ts';

import { route } from '../../http/route.ts';
import type { Route } from '../../http/route.ts';
import type { HistoryService } from './service.ts';

export function historyRoutes(history: HistoryService): Route[] {
  return [
    route({
      method: 'get',
      path: paths.history(),
      summary: 'The times whose topology is on record',
      role: 'viewer',
      response: recordedHistory,
      handler: () => history.recorded(),
    }),
    route({
      method: 'get',
      path: paths.historyTopology(),
      summary: 'The environment as it was in a past minute',
      role: 'viewer',
      query: momentQuery,
      response: topology,
      handler: ({ query }) => history.topology(query.at),
    }),
    route({
      method: 'get',
      path: paths.historyDifference(),
      summary: 'What came, went, moved and changed between two minutes',
      role: 'viewer',
      query: differenceQuery,
      response: difference,
      handler: ({ query }) => history.difference(query),
    }),
  ];
}
