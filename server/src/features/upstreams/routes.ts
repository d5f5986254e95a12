import { upstreamsResponse } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import type { Route } from '../../http/route.ts';
import { route } from '../../http/route.ts';
import type { UpstreamsService } from './service.ts';

export function upstreamsRoutes(upstreams: Pick<UpstreamsService, 'list'>): Route[] {
  return [
    route({
      method: 'get',
      path: paths.upstreams(),
      summary: 'State of the upstreams',
      role: 'viewer',
      response: upstreamsResponse,
      handler: () => ({ upstreams: upstreams.list() }),
    }),
  ];
}
