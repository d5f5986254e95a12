import { paths } from '@cyclorama/shared/paths.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import { queryOptions, useQuery } from '@tanstack/react-query';

import { api } from './http.ts';
import { keys } from './keys.ts';

export { indexTopology } from './topology-index.ts';
export type { TopologyIndex } from './topology-index.ts';

export const topologyQuery = queryOptions({
  queryKey: keys.topology,
  queryFn: ({ signal }) => api.get(paths.topology(), topology, { signal }),
  staleTime: Infinity,
  // Patches already keep unchanged nodes' identity; comparing ten thousand again is waste.
  structuralSharing: false,
});

export const useTopology = () => useQuery(topologyQuery);
