import { paths } from '@cyclorama/shared/paths.ts';
import { topology } from '@cyclorama/shared/topology.ts';
import type { Topology } from '@cyclorama/shared/topology.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryOptions } from '@tanstack/react-query';

import { useMoment } from '../lib/moment.ts';
import { api, withQuery } from './http.ts';
import { keys } from './keys.ts';

export { indexTopology } from './topology-index.ts';
export type { TopologyIndex } from './topology-index.ts';

/** As it was in that minute, epoch milliseconds; null: as it is now. */
export const topologyAtQuery = (at: number | null): UseQueryOptions<Topology> => ({
  queryKey: at === null ? keys.topology : keys.topologyAt(at),
  queryFn: ({ signal }) =>
    api.get(at === null ? paths.topology() : withQuery(paths.historyTopology(), { at }), topology, {
      signal,
    }),
  staleTime: Infinity,
  // Patches already keep unchanged nodes' identity; comparing ten thousand again is waste.
  structuralSharing: false,
  ...(at !== null && { gcTime: 60_000, placeholderData: keepPreviousData }),
});

/** In the minute that the page shows. */
export const useTopology = () => useQuery(topologyAtQuery(useMoment()));
