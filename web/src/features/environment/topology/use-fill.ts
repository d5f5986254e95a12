import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { serverNow } from '../../../lib/server-clock.ts';
import type { Graph } from './graph/build.ts';
import { fillFor } from './graph/fills.ts';
import type { Fill, FillBy } from './graph/fills.ts';
import { latestQuery } from './queries.ts';

/** Null where the cells show their state. */
export function useFill(by: FillBy, graph: Graph): Fill | null {
  const isMeasured = by === 'cpu' || by === 'memory';
  const { data } = useQuery({ ...latestQuery(by === 'memory' ? 'memory' : 'cpu'), enabled: isMeasured });
  return useMemo(() => {
    const values = new Map(Object.entries(data?.values ?? {}));
    return fillFor(by, graph, { values, now: serverNow() });
  }, [by, graph, data]);
}
